import Policies
import Statistics

/// What can honestly be said of the picks: tune and confirm side by side, how much of tune was optimism, intervals that hold
/// for all of them at once, who cannot be told from whom, and how many units an online test needs.
package struct PickReport: Sendable, Equatable, Codable {
    /// One outcome of one pick on one split, against control.
    package struct SplitEstimate: Sendable, Equatable, Codable {
        /// In the outcome's own unit.
        package let difference: SimultaneousEstimate
        /// (V - V0) / |V0|; nil where the control value is too near 0.
        package let relative: SimultaneousEstimate?

        package init(difference: SimultaneousEstimate, relative: SimultaneousEstimate?) {
            self.difference = difference
            self.relative = relative
        }
    }

    package struct Outcome: Sendable, Equatable, Codable {
        package let name: String
        package let tune: SplitEstimate
        /// nil where there is no confirm split.
        package let confirm: SplitEstimate?
        /// Tune less confirm, oriented: above 0 tune promised more. The splits share no unit, so the errors add up.
        package let optimism: Estimate?
        /// Units per arm that tell this pick from control online at 80% power, if confirm's difference is the truth; nil
        /// without confirm.
        package let unitsPerArm: Double?

        package init(
            name: String, tune: SplitEstimate, confirm: SplitEstimate?, optimism: Estimate?, unitsPerArm: Double?
        ) {
            self.name = name
            self.tune = tune
            self.confirm = confirm
            self.optimism = optimism
            self.unitsPerArm = unitsPerArm
        }
    }

    package struct Pick: Sendable, Equatable, Codable {
        package let id: Int
        package let name: String
        /// Share of tune units that get another arm than control.
        package let treatedShare: Double
        package let outcomes: [Outcome]

        package init(id: Int, name: String, treatedShare: Double, outcomes: [Outcome]) {
            self.id = id
            self.name = name
            self.treatedShare = treatedShare
            self.outcomes = outcomes
        }
    }

    /// Two picks whose difference covers 0 in every outcome.
    package struct AlikePair: Sendable, Equatable, Codable {
        package let first: String
        package let second: String
        /// Share of tune units that get the same arm from both.
        package let sameArmShare: Double

        package init(first: String, second: String, sameArmShare: Double) {
            self.first = first
            self.second = second
            self.sameArmShare = sameArmShare
        }
    }

    package let picks: [Pick]
    /// Standard errors to either side that hold jointly on tune and on confirm; 1.96 would be pointwise.
    package let tuneCritical: Double
    package let confirmCritical: Double?
    /// Of the picks' differences from control above the front's reference; the gap between the two is the optimism of the
    /// front as a whole.
    package let tuneHypervolume: Double
    package let confirmHypervolume: Double?
    /// By confirm where it is open, else by tune.
    package let alike: [AlikePair]
    package let alikeSplit: EvaluationSplit
    /// How often the confirm split was looked at.
    package let looks: Int

    package init(
        picks: [Pick], tuneCritical: Double, confirmCritical: Double?, tuneHypervolume: Double,
        confirmHypervolume: Double?, alike: [AlikePair], alikeSplit: EvaluationSplit, looks: Int
    ) {
        self.picks = picks
        self.tuneCritical = tuneCritical
        self.confirmCritical = confirmCritical
        self.tuneHypervolume = tuneHypervolume
        self.confirmHypervolume = confirmHypervolume
        self.alike = alike
        self.alikeSplit = alikeSplit
        self.looks = looks
    }

    /// Share of the tune hypervolume that confirm did not bear out; below 0 where confirm was kinder.
    package var optimismOfFront: Double? {
        guard let confirmHypervolume, tuneHypervolume > 0 else { return nil }
        return 1 - confirmHypervolume / tuneHypervolume
    }
}
