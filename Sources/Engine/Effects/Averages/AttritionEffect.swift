import Experiments
import Runtime
import Statistics

/// An average effect of an arm where units were left out for a missing outcome: over all units, by the chance of being
/// observed, and bounds that hold whatever the drop-out hangs on.
package struct AttritionEffect: Sendable, Equatable, Codable {
    package let arm: Int
    package let outcome: Int
    /// Weighted by the inverse of the probability that the outcome is observed given arm and covariates (cross-fitted) and
    /// adjusted by a linear model of the outcome: right where either is, and drop-out hangs on nothing else.
    package let weighted: MeanDifference
    /// Lee's bounds of the effect on units that are observed in either arm, if the arm moves observation one way only; nil
    /// where propensities differ by unit.
    package let lee: LeeBounds?
    /// Units observed, of control and of the arm.
    package let observed: [Double]
}

extension AttritionEffect {
    /// Of every arm and outcome, net of costs.
    /// - Parameters:
    ///   - everyone: all units, of which those of `experiment` have outcomes.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x columns² x folds).
    package static func estimate(
        _ experiment: Experiment, everyone: Experiment, context: RunContext = RunContext()
    ) throws -> [AttritionEffect] {
        let units = AttritionUnits(experiment, everyone: everyone)
        let means = try units.sums(context: context)
        let counts = experiment.arms.indices.map { arm in units.observedShare(arm: arm) }
        var isConstant = true
        if case .columns = everyone.propensity { isConstant = false }
        return ContrastIndex.all(arms: experiment.arms.count, outcomes: experiment.outcomes.count).map { contrast in
            let outcome = experiment.outcomes[contrast.outcome]
            let treated = means[contrast.outcome][contrast.arm]
            let control = means[contrast.outcome][0]
            let cost = -outcome.addedCost(ofArm: contrast.arm)
            return AttritionEffect(
                arm: contrast.arm, outcome: contrast.outcome,
                weighted: MeanDifference(
                    treated: treated, control: control, scale: outcome.observed.scale,
                    pooledVariance: max(treated.variance, control.variance),
                    terms: outcome.outline.errorTerms(ofArm: contrast.arm)
                ).shifted(by: cost),
                lee: isConstant
                    ? units.lee(arm: contrast.arm, outcome: contrast.outcome).map {
                        $0.scaled(by: outcome.observed.scale).shifted(by: cost)
                    } : nil,
                observed: [counts[0], counts[contrast.arm]])
        }
    }
}

/// All units with what was observed of them.
private struct AttritionUnits: Sendable {
    let experiment: Experiment
    let everyone: Experiment
    /// By unit of `everyone`, its place among the observed ones; nil where it was left out.
    let places: [Int?]

    init(_ experiment: Experiment, everyone: Experiment) {
        self.experiment = experiment
        self.everyone = everyone
        let byRow = Dictionary(
            zip(experiment.units.rows, experiment.units.rows.indices)
        ) { first, _ in first }
        places = everyone.units.rows.map { byRow[$0] }
    }

    func observedShare(arm: Int) -> Double {
        let own = everyone.assignment.indices.filter { Int(everyone.assignment[$0]) == arm }
        return Double(own.count { places[$0] != nil }) / Double(max(1, own.count))
    }

    /// The outcomes completed for drop-out as sums by outcome and arm, weighted by 1/e where that differs.
    func sums(context: RunContext) throws -> [[ArmSums]] {
        let weights = try DropOutWeights(
            everyone.covariates, assignment: everyone.assignment, armCount: everyone.arms.count,
            isSeen: places.map { $0 != nil }, folds: everyone.splitRule.folds(everyone.units.splitKeys),
            foldCount: everyone.splitRule.foldCount, training: 0..<everyone.unitCount, context: context)
        let inverse = everyone.propensity.observedByUnit(everyone.assignment)?.map { 1 / Double($0) }
        return experiment.outcomes.map { outcome in
            let values = places.map { place in place.map { Double(outcome.observed.values[$0]) } ?? .nan }
            var sums = everyone.arms.map { _ in ArmSums() }
            for (unit, value) in weights.completed(values).enumerated() {
                let weight = inverse?[unit] ?? 1
                let arm = Int(everyone.assignment[unit])
                sums[arm].count += 1
                sums[arm].weight += weight
                sums[arm].weightedValue += weight * value
                sums[arm].squaredWeight += weight * weight
                sums[arm].squaredWeightValue += weight * weight * value
                sums[arm].squaredWeightSquare += weight * weight * value * value
            }
            return sums
        }
    }

    /// Bounds in the outcome's scaled unit.
    func lee(arm: Int, outcome: Int) -> LeeBounds? {
        let values = experiment.outcomes[outcome].observed.values
        func observed(_ arm: Int) -> [Double] {
            experiment.assignment.indices.filter { Int(experiment.assignment[$0]) == arm }.map { Double(values[$0]) }
        }
        return LeeBounds(
            treated: observed(arm), control: observed(0), treatedShare: observedShare(arm: arm),
            controlShare: observedShare(arm: 0))
    }
}
