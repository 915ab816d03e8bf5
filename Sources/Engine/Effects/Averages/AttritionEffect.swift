import Experiments
import Foundation
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
        let means = try context.workers.map(experiment.arms.count) { arm in
            try units.terms(arm: arm, cancellation: context.cancellation)
        }
        let counts = experiment.arms.indices.map { arm in units.observedShare(arm: arm) }
        var isConstant = true
        if case .columns = everyone.propensity { isConstant = false }
        return ContrastIndex.all(arms: experiment.arms.count, outcomes: experiment.outcomes.count).map { contrast in
            let outcome = experiment.outcomes[contrast.outcome]
            let treated = means[contrast.arm][contrast.outcome]
            let control = means[0][contrast.outcome]
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
    let design: [[Float]]
    let folds: [UInt8]

    init(_ experiment: Experiment, everyone: Experiment) {
        self.experiment = experiment
        self.everyone = everyone
        let byRow = Dictionary(
            zip(experiment.units.rows, experiment.units.rows.indices)
        ) { first, _ in first }
        places = everyone.units.rows.map { byRow[$0] }
        design = CovariateDesign(everyone.covariates, isFlexible: false).columns
        folds = everyone.splitRule.folds(everyone.units.splitKeys)
    }

    func observedShare(arm: Int) -> Double {
        let own = everyone.assignment.indices.filter { Int(everyone.assignment[$0]) == arm }
        return Double(own.count { places[$0] != nil }) / Double(max(1, own.count))
    }

    /// m(x) + R/p(x) (Y - m(x)) of the arm's units as sums, one for each outcome, weighted by 1/e where that differs.
    func terms(arm: Int, cancellation: Cancellation) throws -> [ArmSums] {
        var sums = experiment.outcomes.map { _ in ArmSums() }
        let own = everyone.assignment.indices.filter { Int(everyone.assignment[$0]) == arm }
        var weights: [Float]?
        if case .columns(let columns) = everyone.propensity { weights = columns[arm] }
        for fold in 0..<everyone.splitRule.foldCount {
            let (inside, others) = (
                own.filter { Int(folds[$0]) == fold }, own.filter { Int(folds[$0]) != fold }
            )
            guard !inside.isEmpty else { continue }
            let seen = others.filter { places[$0] != nil }
            let probabilities = try observation(inside, others, seen, cancellation)
            for (j, outcome) in experiment.outcomes.enumerated() {
                let response = seen.map { unit in places[unit].map { Double(outcome.observed.values[$0]) } ?? 0 }
                let predicted = prediction(inside, seen, response)
                for (index, unit) in inside.enumerated() {
                    var term = predicted[index]
                    if let place = places[unit] {
                        term += (Double(outcome.observed.values[place]) - predicted[index]) / probabilities[index]
                    }
                    let weight = weights.map { 1 / Double($0[unit]) } ?? 1
                    sums[j].count += 1
                    sums[j].weight += weight
                    sums[j].weightedValue += weight * term
                    sums[j].squaredWeight += weight * weight
                    sums[j].squaredWeightValue += weight * weight * term
                    sums[j].squaredWeightSquare += weight * weight * term * term
                }
            }
        }
        return sums
    }

    /// A chance below this would give one unit the weight of fifty.
    private static let smallestProbability = 0.02

    /// The chance of being observed, by a model of units of other folds.
    private func observation(
        _ inside: [Int], _ others: [Int], _ seen: [Int], _ cancellation: Cancellation
    ) throws -> [Double] {
        guard seen.count < others.count, !seen.isEmpty else {
            return Array(repeating: seen.isEmpty ? Self.smallestProbability : 1, count: inside.count)
        }
        var classes = [UInt8](repeating: 0, count: places.count)
        for unit in seen { classes[unit] = 1 }
        let model = try MultinomialLogit(
            design, rows: others, classes: classes, classCount: 2, cancellation: cancellation)
        return model.predict(design, rows: inside).map { max(Self.smallestProbability, $0[1]) }
    }

    /// The outcome that a linear model of observed units of other folds predicts.
    private func prediction(_ inside: [Int], _ seen: [Int], _ response: [Double]) -> [Double] {
        let columns = design.count + 1
        let mean = response.reduce(0, +) / Double(max(1, response.count))
        let matrix = DenseMatrix(rowCount: seen.count, columnCount: columns) { row, column in
            column == 0 ? 1 : Double(design[column - 1][seen[row]])
        }
        guard seen.count > 2 * columns, let fit = LinearRegression(matrix, response) else {
            return Array(repeating: mean, count: inside.count)
        }
        return inside.map { unit in
            design.indices.reduce(fit.coefficients[0]) {
                $0 + fit.coefficients[$1 + 1] * Double(design[$1][unit])
            }
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
