/// What can be done to the Front screen's plot.
package enum FrontAction: Sendable, Equatable, Codable {
    case zoom(Double)
    /// By shares of what is shown.
    case pan(across: Double, up: Double)
    /// Shows everything again.
    case fit
    case cycleWhiskers
    /// Draws the front of the weights alone, or leaves it out.
    case toggleWeightsOnly
    /// Searches among the policies whose estimates keep every limit.
    case searchInside
    /// To the nearest candidate in a direction of the plot: right and up are better.
    case step(across: Int, up: Int)
    /// Measures the others from the focused candidate, or stops doing so.
    case anchor
}
