/// What is told of the focused candidate; all but the estimates take the place of the plot, or the part below it where there
/// is room for both.
package enum FrontPane: String, Sendable, Codable, CaseIterable {
    /// The plot alone, the estimates beside it.
    case estimates
    /// Tune beside confirm, intervals alone and together, and the optimism.
    case honesty
    /// What one percent of every knob does, and how precisely it matters.
    case moves
    /// The shrinkage that stands for the biases.
    case shrinkage
    /// The policy as a shallow tree.
    case rules
    /// The search that found the front.
    case search

    /// Whether it takes engine work to be told.
    var isComputed: Bool {
        switch self {
        case .moves, .shrinkage, .rules: true
        case .estimates, .honesty, .search: false
        }
    }
}
