import ArgumentParser
import Simulation

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a simulated experiment, with its truth in a separate file.",
        discussion: Scenario.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))

    @Argument(help: "The scenario.")
    var scenario: String
    @Option(name: .shortAndLong, help: "The folder to write to.")
    var output: String
    @Option(name: .long, help: "Number of units.")
    var units: Int?
    @Option(name: .long, help: "Seed.")
    var seed: UInt64?
    @OptionGroup var common: CommonOptions

    func validate() throws { try IntegerRange.check(units, Int.min...100_000_000, "--units") }

    func run() throws {
        let paths = try Scenario.named(scenario).write(
            to: output, units: units, seed: seed, workers: common.workers)
        try Output.write(paths.map { $0 + "\n" }.joined())
    }
}
