import Statistics

/// The smallest effects that an experiment shows with a power of 80% at a two-sided level of 5%, each by simulation of the rule that
/// shows them: on tune units unless it says otherwise.
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

    /// Of the average effect of the smallest arm.
    package let average: Double
    /// Of the average effect of every arm but control, in their order.
    package let averages: [Double]
    /// Of what a policy that was fixed before is worth a unit, on the confirm split, where it gives the smallest arm to half of the
    /// units; nil without a confirm split.
    package let policyOnConfirm: Double?
    /// In the smallest arm.
    package let subgroups: [Subgroup]
    /// Of the standard deviation of effects across units, by the test of heterogeneity, for a learner that ranks
    /// units perfectly: nothing finds less.
    package let spread: Double

    static let power = 0.8
    static let level = 0.05

    package init(_ size: ExperimentSize) {
        let reach = PowerTable.strength(.interval)
        let error = size.standardError
        averages = size.shares.dropFirst().map { reach * size.standardError(share: $0, units: size.units) }
        average = reach * error
        policyOnConfirm =
            size.confirmUnits < 4
            ? nil : reach * (size.unitVariance / 2 / Double(size.confirmUnits)).squareRoot()
        subgroups = [0.5, 0.25, 0.1].map { share in
            Subgroup(
                share: share, effect: reach * error / share.squareRoot(),
                difference: reach * error / (share * (1 - share)).squareRoot())
        }
        spread = PowerTable.strength(.ranking(blocks: size.testBlocks)) * error
    }
}
