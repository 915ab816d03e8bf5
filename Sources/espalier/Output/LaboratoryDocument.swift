import Allocation
import Simulation

/// A comparison of the laboratory as JSON.
struct LaboratoryDocument: Encodable {
    /// What is true of a scenario, in control means.
    struct Truth: Encodable {
        struct Optimum: Encodable {
            let value: Double
            let prices: [String: Double]
        }

        let controlMeans: [Double]
        let threshold: Double
        /// By arm but control, and outcome.
        let means: [[Double]]
        /// The best lottery for everybody, and its shares of all arms.
        let mixture: Optimum
        let mixtureShares: [Double]
        /// The best policy that knows every unit's effects, over the population that policies are judged on.
        let oracle: Optimum
    }

    /// By scenario.
    let truth: [String: Truth]
    let rows: [LaboratoryComparison.Row]

    init(_ comparisons: [LaboratoryComparison], of scenarios: [LaboratoryScenario]) throws {
        let truths = try zip(scenarios, comparisons).map { scenario, comparison in
            func prices(_ values: [Double]) -> [String: Double] {
                Dictionary(zip(LaboratoryScenario.outcomes.dropFirst(), values)) { first, _ in first }
            }
            let mixture = try scenario.mixture()
            return (
                scenario.rawValue,
                Truth(
                    controlMeans: LaboratoryScenario.controlMeans, threshold: LaboratoryScenario.threshold,
                    means: scenario.meanEffects,
                    mixture: Truth.Optimum(value: mixture.objective, prices: prices(mixture.prices)),
                    mixtureShares: mixture.shares.values,
                    oracle: Truth.Optimum(
                        value: comparison.oracle.value, prices: prices(comparison.oracle.prices)))
            )
        }
        truth = Dictionary(truths) { first, _ in first }
        rows = comparisons.flatMap(\.rows)
    }
}
