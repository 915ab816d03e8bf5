/// Settings of the stochastic method; the defaults are those of METHODS 4.3.
package struct StochasticSettings: Sendable, Equatable, Codable {
    /// In which geometry a step is taken.
    package enum Metric: String, Sendable, Codable, CaseIterable {
        /// Every cohort counts alike: gradients carry the cohorts' sizes, so that small cohorts hardly move.
        case cohorts
        /// Every unit counts alike: gradients without sizes.
        case shares
    }

    /// Steps, the second half of which is averaged.
    package var steps = 1_000
    /// Draws of the effects from which a limit is estimated at each step.
    package var draws = 10
    /// Length of the steps, a in METHODS.
    package var stepSize = 3.0
    /// How much above a limit a step still counts as keeping it, kappa in METHODS.
    package var tolerance = 0.005
    /// nil takes `shares` where the start is cold and the sizes of the cohorts differ. From the programme's optimum `cohorts`
    /// keeps the limits better: in scenario 2 of the laboratory at W = 20 it broke them by .03 in the mean, `shares` by .12.
    package var metric: Metric?
    /// Whether to start at the linear programme's optimum instead of at control.
    package var startsWarm = true
    package var seed: UInt64 = 1

    package init() {}

    func metric(for problem: AllocationProblem) -> Metric {
        let isEven = problem.sizes.allSatisfy { abs($0 * Double(problem.cohortCount) - 1) < 1e-6 }
        return metric ?? (isEven || startsWarm ? .cohorts : .shares)
    }
}
