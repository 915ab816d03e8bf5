import Runtime

/// An allocation that proves its limits: mean + z SE within the threshold (as a cost), where the standard error counts
/// every leaf once (METHODS 4.4). The linear programme with tangent cuts: the standard error is convex in the shares, so a
/// tangent never cuts off an allocation that keeps the limit.
///
/// It does not cure the optimiser's curse, and costs much where noise dominates a limit.
package struct ChanceConstrainedAllocation: Sendable {
    package let problem: AllocationProblem
    /// Standard errors that a limit is kept with.
    package let z: Double
    private let errors: [EffectErrors]

    /// How far beyond a limit is on it, by the mean size of the outcome's effects.
    private static let tolerance = 1e-8
    private static let roundLimit = 1_000

    /// - Parameter z: at least 0; 1.645 keeps a limit with probability .95.
    /// - Throws: `EspalierError` (.data) where the errors of a limited outcome are not known.
    package init(_ problem: AllocationProblem, z: Double) throws {
        precondition(z >= 0 && z.isFinite)
        errors = try problem.knownErrors(for: "a chance constraint", withObjective: false)
        self.problem = problem
        self.z = z
    }

    /// - Throws: `CancellationError`; `EspalierError` (.internal) where CLP gives up.
    package func solve(context: RunContext = RunContext()) throws -> AllocationResult {
        let program = AllocationProgram(problem)
        guard let shares = try solve(program, context) else {
            return .infeasible(try LimitConflict.find(in: problem) { try solve($0, context) })
        }
        return .solved(
            AllocationSolution(shares, of: problem, prices: program.prices, iterations: program.iterations))
    }

    /// Solves and cuts until no limit is broken by more than the tolerance.
    private func solve(_ program: AllocationProgram, _ context: RunContext) throws -> CohortShares? {
        for _ in 0..<Self.roundLimit {
            try context.cancellation.check()
            guard let shares = try program.solve() else { return nil }
            let yields = program.yields
            let weights = shares.weights(sizes: problem.sizes)
            var isKept = true
            for (k, limit) in problem.limits.enumerated() {
                let outcome = problem.outcomes[limit.outcome]
                let error = errors[limit.outcome].tangent(at: weights)
                let excess = limit.excess(of: shares.value(of: outcome.means, sizes: problem.sizes))
                guard
                    excess + z * error.value - yields[k].amount > Self.tolerance * problem.scale(of: limit.outcome)
                else { continue }
                isKept = false
                // SE(x) = gradient . x at the point itself, so the tangent goes through the origin.
                program.addCut(
                    limit: k,
                    weights: outcome.means.indices.map { limit.sign * outcome.means[$0] + z * error.gradient[$0] })
            }
            if isKept { return shares }
        }
        throw EspalierError(
            .internal, "the chance constraint was not reached in \(Self.roundLimit) rounds of cuts",
            remedy: "report it with the table")
    }
}
