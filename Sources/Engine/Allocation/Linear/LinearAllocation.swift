/// The allocation that maximises the mean effects as they are estimated (METHODS 4.2): the sample average of S0. A vertex,
/// so that at most as many cohorts are split as there are limits.
package enum LinearAllocation {
    /// - Throws: `EspalierError` (.internal) where CLP gives up.
    /// - Complexity: about 50 ms for 5,000 cohorts, 4 arms and 3 limits.
    package static func solve(_ problem: AllocationProblem) throws -> AllocationResult {
        let program = AllocationProgram(problem)
        guard let shares = try program.solve() else {
            return .infeasible(try LimitConflict.find(in: problem) { try $0.solve() })
        }
        let prices = program.prices
        return .solved(
            AllocationSolution(
                filled(shares, of: problem, prices: prices), of: problem, prices: prices,
                iterations: program.iterations))
    }

    /// A cohort that has no units yet weighs nothing in the programme; it gets the arm that the prices favour.
    private static func filled(
        _ shares: CohortShares, of problem: AllocationProblem, prices: [Double]
    ) -> CohortShares {
        guard problem.sizes.contains(0) else { return shares }
        var values = shares.values
        for cohort in problem.sizes.indices where problem.sizes[cohort] == 0 {
            let utilities = (0..<problem.armCount).map { arm in
                zip(problem.limits, prices).reduce(problem.objective.means[problem.cell(cohort, arm)]) {
                    $0 - $1.1 * $1.0.sign * problem.outcomes[$1.0.outcome].means[problem.cell(cohort, arm)]
                }
            }
            let best = utilities.indices.reduce(0) { utilities[$1] > utilities[$0] ? $1 : $0 }
            for arm in 0..<problem.armCount { values[problem.cell(cohort, arm)] = arm == best ? 1 : 0 }
        }
        return CohortShares(armCount: problem.armCount, values: values)
    }
}
