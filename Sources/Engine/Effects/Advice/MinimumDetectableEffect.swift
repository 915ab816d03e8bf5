import Statistics

/// The smallest effects that an experiment shows with a power of 80% at a two-sided level of 5%: exact for normal means.
package struct MinimumDetectableEffect: Sendable, Equatable, Codable {
    /// For a subgroup that was named before the data were seen.
    package struct Subgroup: Sendable, Equatable, Codable {
        /// Its share of the units.
        package let share: Double
        /// Of the effect inside it.
        package let effect: Double
        /// Of the difference between its effect and that of everybody else.
        package let difference: Double
    }

    /// Of the average effect of an arm.
    package let average: Double
    package let subgroups: [Subgroup]
    /// Of the standard deviation of effects across units, by the test of heterogeneity, for a learner that ranks
    /// units perfectly: nothing finds less.
    package let spread: Double

    static let power = 0.8
    static let level = 0.05

    package init(_ size: ExperimentSize) {
        let error = (size.unitVariance / Double(size.units)).squareRoot()
        let reach = Self.reach(tests: 1)
        average = reach * error
        subgroups = [0.5, 0.25, 0.1].map { share in
            Subgroup(
                share: share, effect: reach * error / share.squareRoot(),
                difference: reach * error / (share * (1 - share)).squareRoot())
        }
        // The first block of five is never tested.
        spread = (Normal.quantile(1 - Self.level) + Normal.quantile(Self.power)) * error / (0.8).squareRoot()
    }

    /// How many standard errors an effect must be away from 0 to be seen, when so many tests share the level (Bonferroni, which
    /// Holm's first step is).
    static func reach(tests: Int) -> Double {
        Normal.quantile(1 - level / Double(2 * max(1, tests))) + Normal.quantile(power)
    }
}
