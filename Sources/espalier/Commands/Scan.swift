import ArgumentParser
import Effects
import Experiments
import Foundation
import Studies
import Texts

struct Scan: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Test many experiments for effects that differ between units, at one false discovery rate.",
        discussion: """
            A spec that cannot be tested is reported on stderr and does not stop the others; the exit code is then that of the
            first such error.
            """)

    @Argument(help: "The experiments' specs.", completion: .spec)
    var specs: [String]
    @Option(name: .long, help: "Learners to test with, as t,dr; a pair of arm and outcome counts by its strongest.")
    var learners = "t"
    @Option(name: .long, help: "False discovery rate: the expected share of false reports among those made.")
    var rate = 0.05
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard rate > 0, rate < 1 else { throw ValidationError("--rate must be between 0 and 1") }
    }

    func run() throws {
        var first: Int32?
        let scan = try PortfolioScan.run(
            specs, learners: LearnerSpec.list(learners, own: .t), rate: rate, context: common.context
        ) { _, error in
            ProgressLine.clear()
            Diagnostics.write("espalier: \(error.description)\n")
            if first == nil { first = error.exitCode }
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: scan)
        case .table, .csv: try Output.write(text(scan))
        }
        if let first { throw ExitCode(first) }
    }

    private func text(_ scan: PortfolioScan) -> String {
        var table = TextTable(
            [
                "experiment", "arm", "outcome", "units", "effect", "low", "high", "learner", "statistic", "p",
                "p (FDR)", "differs",
            ], textColumns: [0, 1, 2, 7, 11])
        table.rows = scan.findings.map { finding in
            [finding.experiment, finding.arm, finding.outcome, "\(finding.units)"]
                + [finding.effect.effect, finding.effect.low, finding.effect.high].map(number) + [finding.learner]
                + [number(finding.statistic), number(finding.p), number(finding.adjustedP)]
                + [finding.isDetected ? "yes" : "no"]
        }
        let body = table.text(format.format)
        guard format.format == .table else { return body }
        let share = Double(scan.detectedExperiments) / Double(max(1, scan.testedExperiments))
        return body
            + "\n\(scan.detectedExperiments) of \(scan.testedExperiments) experiments (\(NumberText.percent(share, 0))) show "
            + "effects that differ between units, at a false discovery rate of \(NumberText.percent(scan.rate, 0)) over "
            + "\(scan.findings.count) pairs of arm and outcome\n"
            + Caveats.text(scan.caveats.map { "\($0.experiment): \($0.sentence)" })
    }

    private func number(_ value: Double?) -> String {
        guard let value, format.format == .table else { return cell(value, format.format) }
        return NumberText.significant(value, 3)
    }
}
