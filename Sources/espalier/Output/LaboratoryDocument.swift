import Allocation
import Simulation

/// A comparison of the laboratory as JSON.
struct LaboratoryDocument: Encodable {
    /// What is true of a scenario, in control means.
    struct Truth: Encodable {
        struct Optimum: Encodable {
            let value: Double
            /// By limited outcome.
            let prices: [String: Double]
        }

        let controlMeans: [Double]
        /// The least change, by limited outcome.
        let thresholds: [String: Double]
        /// By arm but control, and outcome.
        let means: [[Double]]
        /// The best lottery for everybody, and its shares of all arms; nil where the limits rule all of them out.
        let mixture: Optimum?
        let mixtureShares: [Double]
        /// The best policy that knows every unit's effects, over the population that policies are judged on.
        let oracle: Optimum
    }

    /// By scenario.
    let truth: [String: Truth]
    let rows: [LaboratoryRow]
    /// By scenario and noise level, of every other method from the best: what it is worth less, on the same experiments.
    let differences: [LaboratoryDifference]

    init(_ found: [LaboratoryText.Compared]) throws {
        let truths = try found.map { world, comparison in
            func optimum(_ value: Double, _ prices: [Double]) -> Truth.Optimum {
                let names = world.limits.map { world.outcomeNames[$0.outcome] }
                return Truth.Optimum(value: value, prices: Dictionary(zip(names, prices)) { first, _ in first })
            }
            let mixture = try world.mixture()
            let limits = world.limits.map { (world.outcomeNames[$0.outcome], $0.threshold) }
            return (
                world.name,
                Truth(
                    controlMeans: world.controlMeans, thresholds: Dictionary(limits) { first, _ in first },
                    means: world.meanEffects, mixture: mixture.map { optimum($0.objective, $0.prices) },
                    mixtureShares: mixture?.shares.values ?? [],
                    oracle: optimum(comparison.oracle.value, comparison.oracle.prices))
            )
        }
        truth = Dictionary(truths) { first, _ in first }
        rows = found.flatMap(\.comparison.rows)
        differences = try found.flatMap { try LaboratorySummary($0.comparison, of: $0.world).differences }
    }
}
