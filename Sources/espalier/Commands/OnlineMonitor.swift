import ArgumentParser
import Experiments
import Online
import Runtime

struct OnlineMonitor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch a launched policy against its holdout; exit code 1 on an alarm.",
        discussion: """
            LOG has a row for each unit so far, with the columns unit, day (1 is the day of the launch), arm and those of the \
            outcomes, and the policy's covariates if what drifted is to be said. It may be looked at every day: intervals of all \
            days hold together, and an alarm is a loss that they leave no doubt of. Drift is a warning at most.
            """)

    @Argument(help: "The policy file, as `online launch` wrote it.", completion: .policy)
    var policy: String
    @Argument(help: "The log: csv, csv.gz, tsv, jsonl or parquet.")
    var log: String
    @Option(
        name: .long,
        help: "A loss to be seen, as sessions=0.05 in the outcome's unit; repeat for more; default: the promise.")
    var loss: [String] = []
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let document = try PolicyFile.read(policy)
        let names = document.outcomes.map(\.name)
        let losses = try loss.map { text in
            let (name, value) = try KnobOptions.split(text, "--loss")
            guard value > 0 else {
                throw EspalierError(.usage, "a loss of \(value) is none", remedy: "give --loss \(name)=X above 0")
            }
            return (names[try KnobOptions.index(name, in: names, "outcome")], value)
        }
        let entries = try MonitorLog(log, policy: document, file: policy, context: common.context)
        let reading = try MonitorReading(
            entries, document, losses: Dictionary(losses) { _, last in last }, file: log, context: common.context)
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: MonitorDocument(reading))
        case .csv: try Output.write(MonitorText(reading).days(.csv))
        case .table: try Output.write(MonitorText(reading).text)
        }
        if reading.isAlarm {
            throw EspalierError(
                .check, "the policy loses against its holdout in \(reading.alarms.joined(separator: ", "))", file: log,
                remedy: "take it back, or find out why before the next day")
        }
    }
}
