import Statistics

/// What the bootstrap of the optimum says of an allocation's values.
package struct OptimumCorrection: Sendable, Equatable {
    /// By outcome: x_b . U_b - x_b . U over the resamples that had an allocation.
    private let gains: [Moments]
    package let resamples: Int
    /// Resamples whose limits could not all be kept; they count for nothing else.
    package let infeasible: Int

    init(gains: [Moments], resamples: Int, infeasible: Int) {
        self.gains = gains
        self.resamples = resamples
        self.infeasible = infeasible
    }

    /// How much too good the plug-in value looks.
    package func optimism(outcome: Int) -> Double { gains[outcome].mean }

    /// Of the corrected value, for the objective and limited outcomes alike: it does not vanish where a limit binds, as the
    /// variance of x_b . U_b does, nor where it is slack, as that of x_b . U does.
    package func standardError(outcome: Int) -> Double { gains[outcome].standardDeviation }

    /// The value without its optimism.
    package func corrected(_ plugIn: Double, outcome: Int) -> Double { plugIn - optimism(outcome: outcome) }

    package func interval(_ plugIn: Double, outcome: Int, level: Double = 0.95) -> Interval {
        Interval(
            estimate: corrected(plugIn, outcome: outcome), standardError: standardError(outcome: outcome),
            critical: Confidence.critical(atLevel: level))
    }
}
