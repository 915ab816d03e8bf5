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
    /// The objective first, then limited outcomes, then the others.
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
    /// Indices of `outcomes` into the study's.
    let order: [Int]

    /// The same with what confirm says.
    func confirmed(by evaluation: PolicyEvaluation, in space: PolicySpace) -> StudyAllocation {
        var result = self
        for (place, j) in order.enumerated() {
            result.outcomes[place].confirm = evaluation.outcomes[j].difference.map {
                $0.oriented(space.outcomes[j].sign)
            }
        }
        return result
    }
}

/// Allocates a study's cohorts or units; what is found is kept by `AddAllocation` and looked at on confirm by
/// `ConfirmAllocation`.
package struct AllocateCohorts: StudyQuery {
    package let request: AllocationRequest
    /// Of the bootstrap; 0 for none.
    package let resamples: Int
    package let seed: UInt64

    package init(_ request: AllocationRequest, resamples: Int = 200, seed: UInt64 = 1) {
        self.request = request
        self.resamples = resamples
        self.seed = seed
    }

    /// - Throws: `EspalierError`: nothing to allocate, limits that conflict (.check); `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyAllocation {
        let limits = try request.limits(in: study.space)
        let cohorts = try study.cohorts(of: request.cohorts, context)
        let workspace = try AllocationWorkspace(study, cohorts, effects: request.effects, limits: limits)
        return request.method == .member
            ? try byMember(workspace, context) : try byCohort(workspace, context)
    }

    private func byCohort(_ workspace: AllocationWorkspace, _ context: RunContext) throws -> StudyAllocation {
        let solution = try workspace.solve(request, context)
        let judgement = try workspace.judge(solution, request, resamples: resamples, seed: seed, context)
        let space = workspace.study.space
        return StudyAllocation(
            request: request,
            rows: rows(workspace.cohorts, workspace.problem.sizes, workspace.study) { cohort in
                (0..<space.armCount).map { solution.shares[cohort, $0] }
            },
            outcomes: workspace.outcomes.enumerated().map { k, j in
                StudyAllocation.Outcome(
                    name: space.outcomes[j].name,
                    plugIn: Estimate(value: solution.values[k], standardError: solution.standardErrors[k]),
                    corrected: judgement.corrected?[k], fold: judgement.folds[k], confirm: nil,
                    threshold: workspace.limits.first { $0.outcome == j }?.threshold)
            }, resamples: judgement.resamples, infeasible: judgement.infeasible,
            prices: prices(solution.prices, workspace), splitCohorts: solution.splitCohorts,
            iterations: solution.iterations, standIn: solution.standIn,
            policy: .cohort(workspace.policy(solution.shares)), knobs: workspace.knobs(solution.prices),
            cohorts: workspace.cohorts, order: workspace.outcomes)
    }

    private func byMember(_ workspace: AllocationWorkspace, _ context: RunContext) throws -> StudyAllocation {
        let study = workspace.study
        let solution = try study.allocateMembers(workspace.limits, context)
        let knobs = workspace.knobs(solution.prices)
        let policy = LinearPolicy(knobs, in: study.space)
        let evaluation = try study.workspace.evaluator(.tune, workers: context.workers)
            .evaluate(policy, weights: knobs.weights)
        let folds = workspace.estimates(evaluation)
        let known = 1 + workspace.limits.count
        let means = workspace.meanEffects(of: solution.arms)
        let shares = armShares(solution.arms, workspace.cohorts, armCount: study.space.armCount)
        return StudyAllocation(
            request: request,
            rows: rows(workspace.cohorts, workspace.problem.sizes, study) { shares[$0] },
            outcomes: workspace.outcomes.enumerated().map { k, j in
                StudyAllocation.Outcome(
                    name: study.space.outcomes[j].name,
                    plugIn: Estimate(value: k < known ? solution.values[k] : means[k], standardError: nil),
                    corrected: nil, fold: folds[k], confirm: nil,
                    threshold: workspace.limits.first { $0.outcome == j }?.threshold)
            }, resamples: 0, infeasible: 0, prices: prices(solution.prices, workspace),
            splitCohorts: shares.count { row in row.allSatisfy { $0 < 1 } && row.contains { $0 > 0 } },
            iterations: solution.steps, standIn: nil, policy: .linear(policy), knobs: knobs,
            cohorts: workspace.cohorts, order: workspace.outcomes)
    }

    private func prices(_ prices: [Double], _ workspace: AllocationWorkspace) -> [String: Double] {
        Dictionary(
            zip(workspace.limits.map { workspace.study.space.outcomes[$0.outcome].name }, prices)
        ) { first, _ in first }
    }

    private func rows(
        _ cohorts: StudyCohorts, _ sizes: [Double], _ study: Study, arms: (Int) -> [Double]
    ) -> [StudyAllocation.Row] {
        let total = Double(study.description.tuneCount)
        return cohorts.rules.texts.indices.map { cohort in
            StudyAllocation.Row(
                id: cohort + 1, rule: cohorts.rules.texts[cohort], units: Int((sizes[cohort] * total).rounded()),
                share: sizes[cohort], arms: arms(cohort))
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

extension AllocationWorkspace {
    /// The learner's mean effect on every outcome where each tune unit gets an arm; oriented.
    fileprivate func meanEffects(of arms: [UInt8]) -> [Double] {
        outcomes.map { j in
            let outcome = study.space.outcomes[j]
            var sum = 0.0
            for arm in 1..<study.space.armCount {
                let effects = study.workspace.table.effects(arm: arm, outcome: j)
                for (unit, given) in arms.enumerated() where Int(given) == arm {
                    sum += Double(effects[effects.startIndex + unit])
                }
            }
            return outcome.sign * outcome.scale * sum / Double(max(1, arms.count))
        }
    }
}
