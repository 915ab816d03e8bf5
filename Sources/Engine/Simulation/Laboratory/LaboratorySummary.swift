import Texts

/// What a comparison came to, as it is kept and shown.
package struct LaboratorySummary: Sendable, Equatable, Codable {
    package let scenario: String
    package let unitsPerArm: Int
    /// Experiments at each noise level.
    package let replicates: Int
    package let seed: UInt64
    /// What the best policy that knows every unit's effects reaches, in control means.
    package let oracle: Double
    /// What the best lottery for everybody reaches; nil where the limits rule all of them out.
    package let mixture: Double?
    package let rows: [LaboratoryRow]
    /// From the best method of each noise level.
    package let differences: [LaboratoryDifference]

    package init(
        scenario: String, unitsPerArm: Int, replicates: Int, seed: UInt64, oracle: Double, mixture: Double?,
        rows: [LaboratoryRow], differences: [LaboratoryDifference]
    ) {
        self.scenario = scenario
        self.unitsPerArm = unitsPerArm
        self.replicates = replicates
        self.seed = seed
        self.oracle = oracle
        self.mixture = mixture
        self.rows = rows
        self.differences = differences
    }

    /// - Throws: `EspalierError` (.internal).
    package init(_ comparison: LaboratoryComparison, of world: any LaboratoryWorld) throws {
        self.init(
            scenario: comparison.scenario, unitsPerArm: comparison.unitsPerArm, replicates: comparison.replicates,
            seed: comparison.seed, oracle: comparison.oracle.value, mixture: try world.mixture()?.objective,
            rows: comparison.rows,
            differences: comparison.noise.flatMap { level in
                comparison.best(noise: level).map { comparison.differences(from: $0.method, noise: level) } ?? []
            })
    }

    /// The method that is worth most at the one noise level there is; nil where the oracle gains nothing.
    package var best: LaboratoryRow? { rows.best }

    /// The methods that cannot be told from the best, in the order of the rows.
    package var indistinguishable: [String] { differences.filter { !$0.isToldApart }.map(\.method) }

    /// How far a method is from the best; nil for that itself, and where the oracle gains nothing.
    package func difference(_ method: String) -> LaboratoryDifference? {
        differences.first { $0.method == method }
    }

    /// Which method serves, with the figures behind it, in one sentence of one noise level.
    package var sentence: String {
        let experiments =
            "\(replicates) simulated experiment\(replicates == 1 ? "" : "s") of \(NumberText.grouped(unitsPerArm)) units an arm"
        guard let best, let relative = best.relative else {
            return "there is nothing to gain, whichever method is used (\(experiments))"
        }
        func text(_ value: Double) -> String { NumberText.significant(value, 3) }
        let others = indistinguishable
        return "use \(best.method): value \(text(best.value)) control means (SE \(text(best.standardError))), relative "
            + "\(text(relative)), violation \(text(best.violation)) over \(experiments); "
            + (others.isEmpty
                ? "all others are worth less by more than 2 SE"
                : "not told apart from \(others.joined(separator: ", "))")
    }
}
