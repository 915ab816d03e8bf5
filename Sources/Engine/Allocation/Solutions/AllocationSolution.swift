/// An allocation that a method found, and what it does by the estimates it was found with. These are the optimiser's own
/// figures: they promise too much (METHODS 4.6).
package struct AllocationSolution: Sendable, Equatable {
    package let shares: CohortShares
    /// The mean effect on every outcome of the problem, the objective first.
    package let values: [Double]
    /// The standard errors of `values` for a fixed allocation; nil where an outcome's errors are not known.
    package let standardErrors: [Double?]
    /// What the objective gains when a limit yields by one unit, by limit; empty where the method has no prices.
    package let prices: [Double]
    /// Steps, cuts or pivots that the method took.
    package let iterations: Int
    /// Why the linear programme's allocation stands in for the one asked for; nil where it does not.
    package let standIn: String?

    init(
        _ shares: CohortShares, of problem: AllocationProblem, prices: [Double], iterations: Int,
        standIn: String? = nil
    ) {
        self.shares = shares
        values = problem.outcomes.map { shares.value(of: $0.means, sizes: problem.sizes) }
        let weights = shares.weights(sizes: problem.sizes)
        standardErrors = problem.outcomes.map { $0.errors?.standardError(of: weights) }
        self.prices = prices
        self.iterations = iterations
        self.standIn = standIn
    }

    package var objective: Double { values[0] }
    package var splitCohorts: Int { shares.splitCohorts }
}

/// What solving a problem comes to: an allocation, or the limits that cannot all be kept.
package enum AllocationResult: Sendable, Equatable {
    case solved(AllocationSolution)
    case infeasible([LimitConflict])

    package var solution: AllocationSolution? {
        if case .solved(let solution) = self { solution } else { nil }
    }
}
