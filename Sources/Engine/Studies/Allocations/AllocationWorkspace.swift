import Allocation
import Experiments
import Groups
import Policies
import Runtime
import Statistics
import Synchronization

/// Everything that solving needs once a study's units are divided: moving a limit solves anew and estimates nothing.
package struct AllocationWorkspace: Sendable {
    package let study: Study
    package let cohorts: StudyCohorts
    package let effects: CohortEffects
    /// Shares of the tune units, by cohort.
    package let sizes: [Double]
    private let source: Source
    /// In the order of the study's outcomes, oriented.
    private let estimates: [OutcomeEffects]

    /// What effects are estimated from.
    private enum Source {
        case units(CohortUnits)
        case moments(CohortMoments)
    }

    /// - Complexity: a pass over the tune units.
    init(_ study: Study, _ cohorts: StudyCohorts, effects: CohortEffects) {
        self.study = study
        self.cohorts = cohorts
        self.effects = effects
        let tune = study.tuneRows
        // Sizes are of all tune units: who is in which cohort does not depend on outcomes.
        var sizes = [Double](repeating: 0, count: cohorts.count)
        let sums: CohortSums
        if let cells = study.units.cells {
            let moments = Self.moments(cells, [.estimating], of: study, cohorts)
            sums = moments.sums
            source = .moments(moments)
            for (cell, cohort) in cohorts.cohortOf.prefix(cells.sums.cellCount).enumerated() {
                sizes[Int(cohort)] += cells.sums.units(cell: cell, parts: UnitGroup.tune.parts)
            }
        } else {
            let units = Self.units(tune.filter { cohorts.isEstimating[$0] }, of: study, cohorts)
            sums = units.sums
            source = .units(units)
            for cohort in cohorts.cohortOf[tune] where Int(cohort) < sizes.count { sizes[Int(cohort)] += 1 }
        }
        let total = max(1, sizes.reduce(0, +))
        self.sizes = sizes.map { $0 / total }
        estimates = Self.effects(effects, sums, cohorts, study.space)
    }

    /// The problem under some limits.
    /// - Throws: `EspalierError` (.data).
    package func problem(_ limits: [StudyLimit]) throws -> AllocationProblem {
        try AllocationProblem(
            armCount: study.space.armCount, sizes: sizes, outcomes: estimates,
            limits: limits.map { AllocationLimit(outcome: $0.outcome, sense: .atLeast, threshold: $0.threshold) })
    }

    /// - Throws: `EspalierError` (.check) where the limits cannot all be kept: which conflict, and by how much.
    package func solve(
        _ request: AllocationRequest, _ limits: [StudyLimit], _ context: RunContext
    ) throws -> AllocationSolution {
        let problem = try problem(limits)
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

    /// The effects by other units.
    func estimate(_ sums: CohortSums) -> [OutcomeEffects] { Self.effects(effects, sums, cohorts, study.space) }

    /// The effects of as many units, drawn with replacement; the cohorts and how much is shrunk stay.
    func resampled(_ stream: inout RandomStream) -> [OutcomeEffects] {
        let sums =
            switch source {
            case .units(let units): units.resampled(&stream)
            case .moments(let moments): moments.resampled(&stream)
            }
        return Self.effects(effects, sums, cohorts, study.space, holding: estimates)
    }

    /// Units in a warehouse as cohort effects see them.
    static func moments(
        _ cells: StudyCells, _ parts: Set<UnitPart>, of study: Study, _ cohorts: StudyCohorts
    ) -> CohortMoments {
        let (space, costs) = (study.space, study.description.armCosts)
        let joined = cells.sums.joined(
            cohorts.cohortOf.prefix(cells.sums.cellCount).map { Int($0) }, cellCount: cohorts.count)
        let groups = (0..<cohorts.count).flatMap { cohort in
            (0..<space.armCount).map { arm in
                let own = joined.total(cell: cohort, parts: parts, arm: arm)
                // value = sign (scale y - cost), of which products have four terms.
                func slope(_ j: Int) -> Double { space.outcomes[j].sign * space.outcomes[j].scale }
                func shift(_ j: Int) -> Double { -space.outcomes[j].sign * costs[arm][j] }
                return CohortMoments.Group(
                    count: own.count,
                    sums: space.outcomes.indices.map { slope($0) * own.sums[$0] + shift($0) * own.count }
                ) { j, k in
                    slope(j) * slope(k) * own.products[CellSums.pair(j, k)] + slope(j) * shift(k) * own.sums[j]
                        + slope(k) * shift(j) * own.sums[k] + shift(j) * shift(k) * own.count
                }
            }
        }
        return CohortMoments(
            cohortCount: cohorts.count, armCount: space.armCount, outcomeCount: space.outcomeCount, groups: groups)
    }

    /// Some tune units as cohort effects see them: oriented outcomes net of the arm's cost.
    static func units(_ chosen: [Int], of study: Study, _ cohorts: StudyCohorts) -> CohortUnits {
        let (units, space, costs) = (study.units, study.space, study.description.armCosts)
        let known = chosen.filter { Int(cohorts.cohortOf[$0]) < cohorts.count }
        return CohortUnits(
            cohortCount: cohorts.count, cohorts: known.map { Int32(cohorts.cohortOf[$0]) },
            armCount: space.armCount, arms: known.map { units.assignment[$0] },
            outcomes: space.outcomes.indices.map { j in
                let (sign, scale) = (space.outcomes[j].sign, space.outcomes[j].scale)
                return known.map { unit in
                    Float(sign * (scale * Double(units.observed[j][unit]) - costs[Int(units.assignment[unit])][j]))
                }
            }, weights: study.varyingPropensity.map { propensity in known.map { 1 / propensity[$0] } },
            clusters: units.clusters.map { clusters in known.map { clusters[$0] } })
    }

    /// Cohort effects whose errors count clusters by their design effect.
    private static func effects(
        _ kind: CohortEffects, _ sums: CohortSums, _ cohorts: StudyCohorts, _ space: PolicySpace,
        holding held: [OutcomeEffects]? = nil
    ) -> [OutcomeEffects] {
        let names = space.outcomes.map(\.name)
        let own = kind.estimate(sums, leaves: cohorts.leaves, names: names, holding: held)
        return zip(own, space.outcomes).map { effects, outcome in
            outcome.clustering.map { effects.inflated(by: $0.designEffect) } ?? effects
        }
    }
}

extension StudyLimit {
    /// The knobs whose weights are the limits' prices: one unit of the objective for so much of a limited outcome.
    package static func knobs(_ limits: [StudyLimit], prices: [Double], in space: PolicySpace) -> PolicyKnobs {
        var knobs = PolicyKnobs.start(in: space)
        for (limit, price) in zip(limits, prices) { knobs.weights[limit.outcome] = price }
        return knobs
    }
}

/// The workspaces made so far: dividing the units and estimating effects is done once for all limits and methods.
final class AllocationWorkspaces: Sendable {
    private struct Key: Hashable {
        let cohorts: CohortKind
        let effects: CohortEffects
    }

    private let known = Mutex<[Key: AllocationWorkspace]>([:])

    func workspace(
        _ cohorts: CohortKind, _ effects: CohortEffects, make: () throws -> AllocationWorkspace
    ) rethrows -> AllocationWorkspace {
        let key = Key(cohorts: cohorts, effects: effects)
        if let found = known.withLock({ $0[key] }) { return found }
        let made = try make()
        known.withLock { $0[key] = made }
        return made
    }
}

extension Study {
    /// What allocating needs, made once for every kind of cohorts and effects.
    /// - Throws: as `cohorts(of:)`.
    package func allocationWorkspace(_ request: AllocationRequest, _ context: RunContext) throws -> AllocationWorkspace
    {
        try allocations.workspace(request.cohorts, request.effects) {
            AllocationWorkspace(self, try cohorts(of: request.cohorts, context), effects: request.effects)
        }
    }
}
