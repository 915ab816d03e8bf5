import ArgumentParser
import Effects
import Experiments
import Foundation

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the health of an experiment; exit 1 on a blocking finding that the spec does not accept.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case findings, balance, effects
    }

    @Argument(help: "The experiment's spec.")
    var spec: String
    @Option(name: .long, help: "What a table or csv holds: findings, balance or effects; json holds all.")
    var show = Part.findings
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let reading = try Experiment.read(specPath: spec, context: common.context)
        let experiment = reading.experiment
        let health = try HealthReport.examine(reading, workers: common.workers)
        var effects = EffectRows(experiment, plain: [], adjusted: [])
        var levels: [HealthFinding] = []
        // Where nothing can be estimated there is still something to say.
        if !health.findings.contains(where: { $0.preventsFit && $0.check != .duplicateUnits }) {
            let plain = AverageEffect.estimate(experiment, over: experiment.tune)
            levels = LevelEffects.findings(plain, experiment)
            effects = EffectRows(
                experiment, plain: plain,
                adjusted: try AdjustedEffect.estimate(
                    experiment, over: experiment.tune, plain: plain, context: common.context))
        }
        let report = health.adding(AdjustedEffect.findings(effects.adjusted, experiment) + levels)
        ProgressLine.clear()
        switch format.format {
        case .json:
            try Output.write(
                json: CheckDocument(
                    findings: report.findings, balance: report.balance, effects: effects.rows,
                    caveats: experiment.caveats))
        case .table, .csv: try Output.write(text(report, effects, experiment))
        }
        if report.isBlocking { throw ExitCode(1) }
    }

    private func text(_ report: HealthReport, _ effects: EffectRows, _ experiment: Experiment) -> String {
        switch show {
        case .findings:
            var table = TextTable(["check", "verdict", "finding", "remedy"], textColumns: [0, 1, 2, 3])
            table.rows = report.findings.map {
                [$0.check.rawValue, $0.severity.rawValue, $0.sentence, $0.remedy ?? ""]
            }
            return table.text(format.format)
        case .balance: return BalanceText.text(report.balance, format.format)
        case .effects:
            return effects.text(format.format)
                + (format.format == .table ? Caveats.text(experiment.caveats) : "")
        }
    }
}

/// JSON of `check`.
private struct CheckDocument: Encodable {
    let findings: [HealthFinding]
    let balance: BalanceReport?
    let effects: [EffectRows.Row]
    let caveats: [String]
}
