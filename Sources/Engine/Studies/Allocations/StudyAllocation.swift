import Allocation
import Experiments
import Policies
import Runtime
import Statistics

/// An allocation of a study's cohorts, or of its units, with what it is worth.
package struct StudyAllocation: Sendable {
    package struct Row: Sendable, Equatable {
        /// From 1.
        package let id: Int
        package let rule: String
        /// Tune units.
        package let units: Int
        package let share: Double
        /// Of every arm, control's first.
        package let arms: [Double]
    }

    package struct Outcome: Sendable, Equatable {
        package let name: String
        /// What the allocation was chosen by. All estimates are oriented differences from control.
        package let plugIn: Estimate
        package let corrected: Estimate?
        package let fold: Estimate?
        package internal(set) var confirm: Estimate?
        /// The least oriented difference, in the outcome's unit; nil without a limit.
        package let threshold: Double?

        /// By the estimate that saw least of the choice.
        package var limit: LimitVerdict? {
            guard let threshold else { return nil }
            let judged = confirm ?? fold ?? corrected ?? plugIn
            if judged.value < threshold { return .outside }
            return judged.low.map { $0 >= threshold } == true ? .inside : .uncertain
        }
    }

    package let request: AllocationRequest
    package let rows: [Row]
    /// In the study's order, the objective first.
    package internal(set) var outcomes: [Outcome]
    package let resamples: Int
    package let infeasible: Int
    /// By name of the limited outcome: what the objective gains when the limit yields by one unit; empty where the method
    /// has none.
    package let prices: [String: Double]
    package let splitCohorts: Int
    package let iterations: Int
    /// Why the linear programme's allocation stands in for the one asked for.
    package let standIn: String?
    package let policy: Policy
    /// Weights at which the limits trade.
    package let knobs: PolicyKnobs
    /// What divides the units; a policy unit by unit only shows its shares by it.
    package let cohorts: StudyCohorts

    /// The same with what confirm says.
    func confirmed(by evaluation: PolicyEvaluation, in space: PolicySpace) -> StudyAllocation {
        var result = self
        for (outcome, estimate) in evaluation.orientedDifferences(in: space).enumerated() {
            result.outcomes[outcome].confirm = estimate
        }
        return result
    }
}

/// Allocates a study's cohorts or units; what is found is kept by `AddAllocation` and looked at on confirm by
/// `ConfirmAllocation`.
package struct AllocateCohorts: StudyQuery {
    package static let needsUnits = false

    package let request: AllocationRequest
    /// Of the bootstrap, 0 for none; nil leaves out the folds, too.
    package let resamples: Int?
    package let seed: UInt64

    package init(_ request: AllocationRequest, resamples: Int? = 200, seed: UInt64 = 1) {
        self.request = request
        self.resamples = resamples
        self.seed = seed
    }

    /// - Throws: `EspalierError`: nothing to allocate, limits that conflict (.check); `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyAllocation {
        let limits = try request.limits(in: study.space)
        let workspace = try study.allocationWorkspace(request, context)
        return request.method == .member
            ? try byMember(workspace, limits, context) : try byCohort(workspace, limits, context)
    }

    private func byCohort(
        _ workspace: AllocationWorkspace, _ limits: [StudyLimit], _ context: RunContext
    ) throws -> StudyAllocation {
        let space = workspace.study.space
        let solution = try workspace.solve(request, limits, context)
        let judgement = try resamples.map {
            try workspace.judge(solution, request, limits, resamples: $0, seed: seed, context)
        }
        return StudyAllocation(
            request: request,
            rows: rows(workspace) { cohort in (0..<space.armCount).map { solution.shares[cohort, $0] } },
            outcomes: space.outcomes.indices.map { j in
                StudyAllocation.Outcome(
                    name: space.outcomes[j].name,
                    plugIn: Estimate(value: solution.values[j], standardError: solution.standardErrors[j]),
                    corrected: judgement?.corrected?[j], fold: judgement?.folds[j], confirm: nil,
                    threshold: limits.first { $0.outcome == j }?.threshold)
            }, resamples: judgement?.resamples ?? 0, infeasible: judgement?.infeasible ?? 0,
            prices: prices(solution.prices, limits, space), splitCohorts: solution.splitCohorts,
            iterations: solution.iterations, standIn: solution.standIn,
            policy: .cohort(workspace.policy(solution.shares)),
            knobs: StudyLimit.knobs(limits, prices: solution.prices, in: space), cohorts: workspace.cohorts)
    }

    private func byMember(
        _ workspace: AllocationWorkspace, _ limits: [StudyLimit], _ context: RunContext
    ) throws -> StudyAllocation {
        let study = workspace.study
        let solution = try study.allocateMembers(limits, context)
        let knobs = StudyLimit.knobs(limits, prices: solution.prices, in: study.space)
        let policy = LinearPolicy(knobs, in: study.space)
        let folds = try resamples.map { _ in
            try study.workspace.evaluator(.tune, workers: context.workers)
                .evaluate(policy, weights: knobs.weights).orientedDifferences(in: study.space)
        }
        let means = study.meanEffects(of: solution.arms)
        let shares = armShares(solution.arms, workspace.cohorts, armCount: study.space.armCount)
        return StudyAllocation(
            request: request, rows: rows(workspace) { shares[$0] },
            outcomes: study.space.outcomes.indices.map { j in
                // The solver's own figure where it has one: of tied units it counts the shares.
                let place = ([0] + limits.map(\.outcome)).firstIndex(of: j)
                return StudyAllocation.Outcome(
                    name: study.space.outcomes[j].name,
                    plugIn: Estimate(value: place.map { solution.values[$0] } ?? means[j], standardError: nil),
                    corrected: nil, fold: folds?[j], confirm: nil,
                    threshold: limits.first { $0.outcome == j }?.threshold)
            }, resamples: 0, infeasible: 0, prices: prices(solution.prices, limits, study.space), splitCohorts: 0,
            iterations: solution.steps, standIn: nil, policy: .linear(policy), knobs: knobs,
            cohorts: workspace.cohorts)
    }

    private func prices(_ prices: [Double], _ limits: [StudyLimit], _ space: PolicySpace) -> [String: Double] {
        Dictionary(zip(limits.map { space.outcomes[$0.outcome].name }, prices)) { first, _ in first }
    }

    private func rows(_ workspace: AllocationWorkspace, arms: (Int) -> [Double]) -> [StudyAllocation.Row] {
        let total = Double(workspace.study.description.tuneCount)
        let texts = workspace.cohorts.rules.texts
        return texts.indices.map { cohort in
            StudyAllocation.Row(
                id: cohort + 1, rule: texts[cohort], units: Int((workspace.sizes[cohort] * total).rounded()),
                share: workspace.sizes[cohort], arms: arms(cohort))
        }
    }

    /// By cohort, the share of its tune units that each arm was given to; control where it has none.
    private func armShares(_ arms: [UInt8], _ cohorts: StudyCohorts, armCount: Int) -> [[Double]] {
        var counts = [[Double]](repeating: Array(repeating: 0, count: armCount), count: cohorts.count + 1)
        for (unit, arm) in arms.enumerated() { counts[Int(cohorts.cohortOf[unit])][Int(arm)] += 1 }
        return counts.dropLast().map { row in
            let total = row.reduce(0, +)
            return total > 0 ? row.map { $0 / total } : row.indices.map { $0 == 0 ? 1 : 0 }
        }
    }
}

extension Study {
    /// The learner's mean effect on every outcome where each tune unit gets an arm; oriented.
    fileprivate func meanEffects(of arms: [UInt8]) -> [Double] {
        space.outcomes.indices.map { j in
            let outcome = space.outcomes[j]
            var sum = 0.0
            for arm in 1..<space.armCount {
                let effects = workspace.table.effects(arm: arm, outcome: j)
                for (unit, given) in arms.enumerated() where Int(given) == arm {
                    sum += Double(effects[effects.startIndex + unit])
                }
            }
            return outcome.sign * outcome.scale * sum / Double(max(1, arms.count))
        }
    }
}
