import Runtime
import Statistics

/// The bootstrap of the optimum (S0 Algorithm 3; METHODS 4.6): effects are estimated anew from resampled units, the cohorts
/// fixed, and the allocation is solved anew. How much better an allocation looks on the effects it was chosen by than on
/// the original ones is its optimism, and how much that varies its error.
package struct OptimumBootstrap: Sendable {
    package var resamples = 200
    package var seed: UInt64 = 1

    package init() {}

    /// - Parameters:
    ///   - solve: the method that found the allocation.
    ///   - effects: the effects of one resample, in the order of the problem's outcomes.
    /// - Throws: `CancellationError`; what `solve` throws.
    package func run(
        _ problem: AllocationProblem, solve: @Sendable (AllocationProblem) throws -> AllocationResult,
        effects: @Sendable (inout RandomStream) -> [OutcomeEffects], context: RunContext = RunContext()
    ) throws -> OptimumCorrection {
        let done = Counter()
        let gains = try context.workers.map(resamples) { index -> [Double]? in
            try context.cancellation.check()
            var stream = RandomStream(seed: seed, purpose: "bootstrap of the optimum \(index)")
            let resampled = problem.replacing(outcomes: effects(&stream))
            let solution = try solve(resampled).solution
            context.report(Progress(phase: "bootstrap", done: done.next(), total: resamples))
            guard let shares = solution?.shares else { return nil }
            return zip(resampled.outcomes, problem.outcomes).map { own, original in
                shares.value(of: own.means, sizes: problem.sizes)
                    - shares.value(of: original.means, sizes: problem.sizes)
            }
        }
        let feasible = gains.compactMap { $0 }
        return OptimumCorrection(
            gains: problem.outcomes.indices.map { outcome in Moments(feasible.map { $0[outcome] }) },
            resamples: resamples, infeasible: resamples - feasible.count)
    }
}
