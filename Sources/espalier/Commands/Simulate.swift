import ArgumentParser
import Runtime
import Simulation

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a simulated experiment, with its truth in a separate file.",
        discussion: (Scenario.all.map { "\($0.name): \($0.summary)" } + [
            "\(pool): \(poolSummary)", RehearsedRound.summary,
        ])
        .joined(
            separator: "\n"))

    private static let pool = "pool"
    private static let poolSummary =
        "many experiments on one population, for `espalier pool`; --units counts those of an arm"

    @Argument(help: "The scenario.")
    var scenario: String
    @Argument(help: "With online: the plan, or the launched policy.", completion: .policy)
    var plan: String?
    @Option(name: .shortAndLong, help: "The folder to write to; with online, the file of results.")
    var output: String
    @OptionGroup var overwriting: OverwriteOption
    @Option(name: .long, help: "Number of units; of a pool, in each arm.")
    var units: Int?
    @Option(name: .long, help: "Number of experiments of a pool; default: 50.")
    var experiments: Int?
    @Option(name: .long, help: "With online and a launched policy: days since the launch; default: 30.")
    var days: Int?
    @Option(name: .long, help: "With online and a launched policy: sessions that everyone loses who is not held out.")
    var loss: Double?
    @Option(name: .long, help: "Seed.")
    var seed: UInt64?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(units, Int.min...100_000_000, "--units")
        try IntegerRange.check(experiments, 2...10_000, "--experiments")
        try IntegerRange.check(days, 1...10_000, "--days")
    }

    func run() throws {
        guard (plan != nil) == (scenario == RehearsedRound.scenario) else {
            throw EspalierError(
                .usage, "a plan goes with the scenario \(RehearsedRound.scenario), and with no other",
                remedy: "write `espalier simulate online PLAN -o RESULTS.csv`")
        }
        if let plan, !PlanFile.isPlan(plan) {
            return try RehearsedLaunch.write(
                plan, to: output, days: days ?? 30, units: units, loss: loss ?? 0, seed: seed ?? 1,
                context: common.context)
        }
        guard days == nil, loss == nil else {
            throw EspalierError(
                .usage, "--days and --loss go with a launched policy",
                remedy: "write `espalier simulate online POLICY --days 30 -o LOG.csv`")
        }
        if let plan {
            return try RehearsedRound.write(plan, to: output, units: units, seed: seed ?? 1, context: common.context)
        }
        if scenario == Self.pool { return try writePool() }
        guard experiments == nil else {
            throw EspalierError(
                .usage, "--experiments goes with the scenario \(Self.pool)", remedy: "leave it out, or simulate a pool")
        }
        let paths = try Scenario.named(scenario).write(
            to: output, units: units, seed: seed, workers: common.workers)
        try Output.write(paths.map { $0 + "\n" }.joined())
    }

    private func writePool() throws {
        let units = units ?? 50
        guard units > 0 else {
            throw EspalierError(
                .usage, "a simulation of \(units) units is empty", remedy: "ask for at least one unit with --units")
        }
        let pool = SyntheticPool(experiments: experiments ?? 50, seed: seed ?? 2026)
        let paths = try pool.write(to: output, units: units, context: common.context)
        ProgressLine.clear()
        try Output.write(paths.map { $0 + "\n" }.joined())
    }
}
