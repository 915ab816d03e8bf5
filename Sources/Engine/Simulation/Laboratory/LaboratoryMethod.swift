import Allocation

/// A way from an experiment to a policy that the laboratory compares.
package enum LaboratoryMethod: String, Sendable, Codable, CaseIterable {
    /// The best feasible single arm, control among them.
    case global
    /// 16 cohorts by medians of the four covariates, with each way of solving.
    case heuristicLinear = "heuristic.lp"
    case heuristicStochastic = "heuristic.stochastic"
    case heuristicChance = "heuristic.chance"

    var solver: AllocationMethod {
        switch self {
        case .global: .global
        case .heuristicLinear: .linear
        case .heuristicStochastic: .stochastic
        case .heuristicChance: .chance
        }
    }
}
