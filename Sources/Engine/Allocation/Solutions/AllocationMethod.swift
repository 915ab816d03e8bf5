import Runtime
import Statistics

/// How an allocation is found; the raw values are the names of the command line.
package enum AllocationMethod: String, Sendable, Codable, CaseIterable {
    /// The best single arm for everybody.
    case global
    /// The best lottery for everybody.
    case mixture
    case linear = "lp"
    case stochastic
    case chance
    /// By the dual, cohort by cohort, as it is done unit by unit.
    case member

    /// - Parameters:
    ///   - stochastic: settings of the stochastic method.
    ///   - confidence: with which chance constraints hold, one-sided.
    /// - Throws: `EspalierError` (.data) where a method needs errors that are not known; `CancellationError`.
    package func solve(
        _ problem: AllocationProblem, stochastic: StochasticSettings = StochasticSettings(),
        confidence: Double = 0.95, context: RunContext = RunContext()
    ) throws -> AllocationResult {
        switch self {
        case .global: GlobalAllocation.bestArm(problem)
        case .mixture: try GlobalAllocation.bestMixture(problem)
        case .linear: try LinearAllocation.solve(problem)
        case .stochastic: try StochasticAllocation(problem, settings: stochastic).solve(context: context)
        case .chance:
            try ChanceConstrainedAllocation(problem, z: Normal.quantile(confidence)).solve(context: context)
        case .member: try MemberAllocation.solve(problem, context: context)
        }
    }
}
