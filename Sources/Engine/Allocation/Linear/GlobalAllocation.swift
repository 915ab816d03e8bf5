/// One treatment of the whole population, the baseline of S0: the same arm for everybody, or the same lottery.
package enum GlobalAllocation {
    /// The best single arm that keeps every limit; control is one of them.
    package static func bestArm(_ problem: AllocationProblem) -> AllocationResult {
        let pooled = problem.pooled
        func excesses(_ arm: Int) -> [Double] {
            pooled.limits.map { $0.excess(of: pooled.outcomes[$0.outcome].means[arm]) }
        }
        let arms = Array(0..<problem.armCount)
        let feasible = arms.filter { excesses($0).allSatisfy { $0 <= 1e-12 } }
        guard let best = feasible.max(by: { pooled.objective.means[$0] < pooled.objective.means[$1] }) else {
            // Measured as in a relaxation of all limits: by the mean size of each outcome's effects.
            func distance(_ arm: Int) -> Double {
                zip(pooled.limits, excesses(arm)).reduce(0) { $0 + max(0, $1.1) / problem.scale(of: $1.0.outcome) }
            }
            let nearest = arms.min { distance($0) < distance($1) } ?? 0
            let conflicts = problem.limits.indices.filter { excesses(nearest)[$0] > 0 }.map { k in
                LimitConflict(
                    limit: k, together: excesses(nearest)[k],
                    alone: arms.filter { arm in
                        excesses(arm).enumerated().allSatisfy { $0.offset == k || $0.element <= 0 }
                    }.map { excesses($0)[k] }.min())
            }
            return .infeasible(conflicts)
        }
        return .solved(
            AllocationSolution(
                everybody((0..<problem.armCount).map { $0 == best ? 1 : 0 }, problem), of: problem, prices: [],
                iterations: 1))
    }

    /// The best shares of arms that everybody draws from alike.
    /// - Throws: `EspalierError` (.internal) where CLP gives up.
    package static func bestMixture(_ problem: AllocationProblem) throws -> AllocationResult {
        switch try LinearAllocation.solve(problem.pooled) {
        case .infeasible(let conflicts): return .infeasible(conflicts)
        case .solved(let solution):
            return .solved(
                AllocationSolution(
                    everybody(solution.shares.values, problem), of: problem, prices: solution.prices,
                    iterations: solution.iterations))
        }
    }

    private static func everybody(_ shares: [Double], _ problem: AllocationProblem) -> CohortShares {
        CohortShares(armCount: problem.armCount, values: problem.sizes.flatMap { _ in shares })
    }
}

extension AllocationProblem {
    /// The whole population as one cohort; its errors are left out.
    var pooled: AllocationProblem {
        let means = outcomes.map { outcome in
            (0..<armCount).map { arm in
                sizes.indices.reduce(0.0) { $0 + sizes[$1] * outcome.means[cell($1, arm)] }
            }
        }
        return replacing(sizes: [1], means: means)
    }
}
