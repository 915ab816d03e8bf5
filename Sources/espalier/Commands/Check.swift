import ArgumentParser
import Experiments
import Foundation
import Statistics

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the health of an experiment; exit 1 on a blocking finding.")

    @Argument(help: "The experiment's spec.")
    var spec: String
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let report = try HealthReport.examine(
            Experiment.read(specPath: spec, conduct: common.conduct), workers: common.workers)
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: report)
        case .table, .csv:
            var table = TextTable(["check", "verdict", "finding", "remedy"], textColumns: [0, 1, 2, 3])
            table.rows = report.findings.map {
                [$0.check.rawValue, $0.severity.rawValue, $0.sentence, $0.remedy ?? ""]
            }
            try Output.write(table.text(format.format))
        }
        if report.isBlocking { throw ExitCode(1) }
    }
}
