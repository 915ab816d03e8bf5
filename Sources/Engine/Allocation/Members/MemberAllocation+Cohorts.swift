import Runtime

extension MemberAllocation {
    /// Takes every cohort for a unit: effects weighted by size, against control's.
    package static func solve(
        _ problem: AllocationProblem, context: RunContext = RunContext()
    ) throws -> AllocationResult {
        let arms = problem.armCount
        let cohorts = problem.cohortCount
        func control(_ outcome: Int, _ cohort: Int) -> Double { problem.outcomes[outcome].means[cohort * arms] }
        let columns = problem.outcomes.indices.flatMap { outcome in
            (1..<arms).map { arm in
                (0..<cohorts).map { cohort -> Float in
                    let effect = problem.outcomes[outcome].means[cohort * arms + arm] - control(outcome, cohort)
                    return Float(effect * problem.sizes[cohort] * Double(cohorts))
                }
            }
        }
        let limits = problem.limits.map { limit in
            let base = (0..<cohorts).reduce(0.0) { $0 + problem.sizes[$1] * control(limit.outcome, $1) }
            return AllocationLimit(outcome: limit.outcome, sense: limit.sense, threshold: limit.threshold - base)
        }
        let members = try MemberProblem(effects: MemberEffects(armCount: arms, columns: columns), limits: limits)
        switch try MemberAllocation(members).solve(context: context) {
        case .infeasible(let conflicts): return .infeasible(conflicts)
        case .solved(let solution):
            var shares = (0..<cohorts * arms).map { Int(solution.arms[$0 / arms]) == $0 % arms ? 1.0 : 0 }
            for tie in solution.ties {
                for unit in tie.units {
                    for arm in 0..<arms { shares[Int(unit) * arms + arm] = tie.shares[arm] }
                }
            }
            return .solved(
                AllocationSolution(
                    CohortShares(armCount: arms, values: shares), of: problem, prices: solution.prices,
                    iterations: solution.steps))
        }
    }
}
