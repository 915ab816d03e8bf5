import ArgumentParser
import Runtime
import Simulation
import Texts

struct Lab: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare ways of allocating on simulated experiments whose truth is known.",
        discussion: """
            Scenario 1: one arm is best for everybody. 2: objective and limits pull apart. 2s: the same with effects of a \
            tenth. Values are true mean effects in control means. In scenario 2 the noise level hardly matters: effects on \
            the objective spread by about a hundred control means, while those on Y3 lie far below their error.
            """)

    @Option(name: .long, help: "Scenarios, as 1,2,2s.")
    var scenario = "1,2"
    @Option(name: .long, help: "Noise levels W, as 5,10,15,20.")
    var noise = "5,10,15,20"
    @Option(name: .long, help: "Units of every arm.")
    var units = 500
    @Option(name: .long, help: "Experiments for each scenario and noise level.")
    var replicates = 10
    @Option(name: .long, help: "Seed.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(units, 2...1_000_000, "--units")
        try IntegerRange.check(replicates, 1...100_000, "--replicates")
    }

    func run() throws {
        let scenarios = try scenario.split(separator: ",").map { name in
            guard let scenario = LaboratoryScenario(rawValue: String(name)) else {
                throw EspalierError(
                    .usage, "there is no scenario \(name)",
                    remedy: "choose of: \(LaboratoryScenario.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return scenario
        }
        let levels = try noise.split(separator: ",").map { text in
            guard let level = Double(text), level >= 0, level.isFinite else {
                throw EspalierError(.usage, "\(text) is no noise level", remedy: "write --noise 5,10")
            }
            return level
        }
        guard !scenarios.isEmpty, !levels.isEmpty else {
            throw EspalierError(.usage, "there is nothing to compare", remedy: "write --scenario 1,2 --noise 5,10")
        }
        let comparisons = try scenarios.map { scenario in
            try LaboratoryComparison(
                scenario, noise: levels, unitsPerArm: units, replicates: replicates, seed: seed,
                context: common.context)
        }
        ProgressLine.clear()
        if format.format == .json {
            try Output.write(json: LaboratoryDocument(comparisons, of: scenarios))
            return
        }
        var table = TextTable(
            ["scenario", "noise", "method", "value", "SE", "relative", "violation", "feasible"], textColumns: [0, 2])
        table.rows = comparisons.flatMap(\.rows).map { row in
            [row.scenario, cell(row.noise, format.format), row.method]
                + [row.value, row.standardError, row.relative, row.violation, row.feasibleShare].map {
                    cell($0, format.format)
                }
        }
        var text = table.text(format.format)
        if format.format == .table {
            for (scenario, comparison) in zip(scenarios, comparisons) {
                text +=
                    "\nscenario \(scenario.rawValue): the best policy that knows every unit's effects reaches "
                    + "\(cell(comparison.oracle.value, .table)), the best lottery for everybody "
                    + "\(cell(try scenario.mixture().objective, .table))"
            }
            text += "\n"
        }
        try Output.write(text)
    }
}
