import Allocation
import Effects
import Experiments
import Policies
import Runtime
import Statistics

/// Everything that solving needs once a study's units are divided: moving a limit solves anew and nothing else.
package struct AllocationWorkspace: Sendable {
    package let study: Study
    package let cohorts: StudyCohorts
    package let effects: CohortEffects
    /// The limits by name of their outcome, and the effects by the order objective, limited outcomes, the others.
    package let limits: [StudyLimit]
    /// The study's outcomes in the order of the problem's.
    package let outcomes: [Int]
    package let problem: AllocationProblem
    let units: CohortUnits

    /// - Throws: `EspalierError` (.usage, .data).
    /// - Complexity: a pass over the estimating units.
    package init(_ study: Study, _ cohorts: StudyCohorts, effects: CohortEffects, limits: [StudyLimit]) throws {
        let space = study.space
        let limited = limits.map(\.outcome)
        outcomes = [0] + limited + space.outcomes.indices.dropFirst().filter { !limited.contains($0) }
        self.study = study
        self.cohorts = cohorts
        self.effects = effects
        self.limits = limits
        let estimating = (0..<study.description.tuneCount).filter { cohorts.isEstimating[$0] }
        units = Self.units(estimating, of: study, cohorts, outcomes)
        var sizes = [Double](repeating: 0, count: cohorts.count)
        // Sizes are of all tune units: who is in which cohort does not depend on outcomes.
        for unit in 0..<study.description.tuneCount where Int(cohorts.cohortOf[unit]) < sizes.count {
            sizes[Int(cohorts.cohortOf[unit])] += 1
        }
        problem = try AllocationProblem(
            armCount: space.armCount, sizes: sizes,
            outcomes: Self.effects(effects, units.sums, cohorts, outcomes, space),
            limits: limits.enumerated().map {
                AllocationLimit(outcome: $0.offset + 1, sense: .atLeast, threshold: $0.element.threshold)
            })
    }

    /// - Throws: `EspalierError` (.check) where the limits cannot all be kept: which conflict, and by how much.
    package func solve(_ request: AllocationRequest, _ context: RunContext) throws -> AllocationSolution {
        let result = try request.method.solve(
            problem, stochastic: request.stochastic, confidence: request.confidence, context: context)
        switch result {
        case .solved(let solution): return solution
        case .infeasible(let conflicts):
            let cause = LimitConflict.words(conflicts, in: problem)
            throw EspalierError(
                .check,
                request.method == .global
                    ? "no single arm keeps the limits: \(cause)" : "the limits cannot all be kept: \(cause)",
                remedy: "loosen them with --limit OUTCOME=relative:-0.05, or in the spec")
        }
    }

    /// The policy of shares, for evaluation and export.
    package func policy(_ shares: CohortShares) -> CohortPolicy {
        CohortPolicy(
            rules: cohorts.rules.id,
            shares: (0..<shares.cohortCount).map { cohort in (0..<shares.armCount).map { shares[cohort, $0] } })
    }

    /// The knobs whose weights are the limits' prices: one unit of the objective for so much of a limited outcome.
    package func knobs(_ prices: [Double]) -> PolicyKnobs {
        var weights = [Double](repeating: 0, count: study.space.outcomeCount)
        weights[0] = 1
        for (limit, price) in zip(limits, prices) { weights[limit.outcome] = price }
        return PolicyKnobs(
            weights: weights, biases: Array(repeating: 0, count: study.space.armCount),
            shrinkage: Array(repeating: 0, count: weights.count))
    }

    /// The effects by other units, as resampling and folds give them.
    func estimate(_ sums: CohortSums) -> [OutcomeEffects] {
        Self.effects(effects, sums, cohorts, outcomes, study.space)
    }

    /// Some tune units as cohort effects see them: oriented outcomes net of the arm's cost.
    static func units(_ chosen: [Int], of study: Study, _ cohorts: StudyCohorts, _ outcomes: [Int]) -> CohortUnits {
        let (units, space, costs) = (study.units, study.space, study.description.armCosts)
        let known = chosen.filter { Int(cohorts.cohortOf[$0]) < cohorts.count }
        return CohortUnits(
            cohortCount: cohorts.count, cohorts: known.map { Int32(cohorts.cohortOf[$0]) },
            armCount: space.armCount, arms: known.map { units.assignment[$0] },
            outcomes: outcomes.map { j in
                let (sign, scale) = (space.outcomes[j].sign, space.outcomes[j].scale)
                return known.map { unit in
                    Float(sign * (scale * Double(units.observed[j][unit]) - costs[Int(units.assignment[unit])][j]))
                }
            }, weights: study.varyingPropensity.map { propensity in known.map { 1 / propensity[$0] } },
            clusters: units.clusters.map { clusters in known.map { clusters[$0] } })
    }

    /// Cohort effects whose errors count clusters by their design effect.
    private static func effects(
        _ kind: CohortEffects, _ sums: CohortSums, _ cohorts: StudyCohorts, _ outcomes: [Int], _ space: PolicySpace
    ) -> [OutcomeEffects] {
        let leaves = CohortLeaves(leafOf: outcomes.map { cohorts.leaves.leafOf[$0] })
        let names = outcomes.map { space.outcomes[$0].name }
        return zip(kind.estimate(sums, leaves: leaves, names: names), outcomes).map { own, outcome in
            guard let clustering = space.outcomes[outcome].clustering else { return own }
            return own.inflated(by: clustering.designEffect)
        }
    }
}
