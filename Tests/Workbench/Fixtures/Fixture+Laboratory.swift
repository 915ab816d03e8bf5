import Simulation
import Studies
import Workbench

extension Fixture {
    /// Joint cohorts with the stochastic method serve best, and two others cannot be told from them; the forests break limits.
    static let laboratory = summary(scenario: "made-up", noise: 1, unitsPerArm: 7_000)

    /// The same in a scenario.
    static let scenarioAnswer = summary(scenario: "2", noise: 10, unitsPerArm: 500)

    private static func summary(scenario: String, noise: Double, unitsPerArm: Int) -> LaboratorySummary {
        let figures: [(method: String, value: Double, relative: Double, violation: Double, keeps: Double)] = [
            ("global", 0.021, 0.412, 0, 1), ("heuristic.lp", 0.046, 0.861, 0.004, 0.5),
            ("heuristic.stochastic", 0.043, 0.833, 0.001, 0.8), ("heuristic.chance", 0.031, 0.608, 0, 1),
            ("trees.lp", 0.05, 0.901, 0.006, 0.4), ("trees.stochastic", 0.048, 0.929, 0.002, 0.7),
            ("trees.chance", 0.036, 0.706, 0, 1), ("shrunk.lp", 0.051, 0.925, 0.005, 0.4),
            ("shrunk.stochastic", 0.049, 0.944, 0.002, 0.7), ("shrunk.chance", 0.037, 0.725, 0, 1),
            ("joint.lp", 0.052, 0.938, 0.005, 0.4), ("joint.stochastic", 0.05, 0.953, 0.002, 0.7),
            ("joint.chance", 0.038, 0.745, 0, 1), ("forest.lp", 0.054, 0.812, 0.021, 0.1),
            ("two-forests.lp", 0.055, 0.644, 0.034, 0),
        ]
        return LaboratorySummary(
            scenario: scenario, unitsPerArm: unitsPerArm, replicates: 10, seed: 1, oracle: 0.051, mixture: 0.029,
            rows: figures.map {
                LaboratoryRow(
                    scenario: scenario, noise: noise, method: $0.method, value: $0.value, standardError: 0.002,
                    relative: $0.relative, violation: $0.violation, feasibleShare: $0.keeps)
            },
            differences: figures.filter { $0.method != "joint.stochastic" }.map {
                LaboratoryDifference(
                    scenario: scenario, noise: noise, method: $0.method, reference: "joint.stochastic",
                    value: $0.relative - 0.953, standardError: 0.007)
            })
    }
}
