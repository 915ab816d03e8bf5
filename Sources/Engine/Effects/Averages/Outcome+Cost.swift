import Experiments

extension Outcome {
    /// What an arm costs per unit beyond control, in the outcome's unit: net effect = gross effect - this
    /// (METHODS section 0).
    package func addedCost(ofArm arm: Int) -> Double { outline.addedCost(ofArm: arm) }

    /// What an arm costs per unit, in the outcome's unit.
    package func cost(ofArm arm: Int) -> Double { outline.cost(ofArm: arm) }
}
