import Experiments

/// What a launched policy is watched by: what it promised, and what the units of the log were like (METHODS 8.5).
package struct LaunchEntry: Sendable, Equatable, Codable {
    /// An outcome, how it is measured, and what the policy promised of it.
    package struct Outcome: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction
        package let source: OutcomeSource
        package let missing: MissingRule?
        /// By arm, in the outcome's unit; arms of no cost are left out.
        package let armCosts: [String: Double]
        /// Standard deviation among the log's control units.
        package let spread: Double
        /// Difference from the held-out units, which draw from the planned shares; nil where not estimable.
        package let promised: Double?
        /// Of an index of surrogates; nil for other outcomes.
        package let index: IndexRule?

        package init(
            name: String, direction: Direction, source: OutcomeSource, missing: MissingRule?,
            armCosts: [String: Double], spread: Double, promised: Double?, index: IndexRule? = nil
        ) {
            self.index = index
            self.name = name
            self.direction = direction
            self.source = source
            self.missing = missing
            self.armCosts = armCosts
            self.spread = spread
            self.promised = promised
        }
    }

    /// The mean of a number over the log's units: of a covariate, of a level's indicator, of a product.
    package struct Level: Sendable, Equatable, Codable {
        package let name: String
        package let mean: Double
        package let spread: Double
        /// Units that have it.
        package let units: Int

        package init(name: String, mean: Double, spread: Double, units: Int) {
            self.name = name
            self.mean = mean
            self.spread = spread
            self.units = units
        }
    }

    /// Slope of what arms did on what was estimated, 1 where effects are as large as estimated.
    package struct Calibration: Sendable, Equatable, Codable {
        package let outcome: String
        package let slope: Double
        package let standardError: Double

        package init(outcome: String, slope: Double, standardError: Double) {
            self.outcome = outcome
            self.slope = slope
            self.standardError = standardError
        }
    }

    package let outcomes: [Outcome]
    /// Of the log.
    package let units: Int
    /// For how many days it is planned to be watched, and of how many users by then.
    package let days: Int
    package let users: Int
    /// Of the log's units under the policy, by arm.
    package let shares: [String: Double]
    package let levels: [Level]
    package let calibration: [Calibration]

    package init(
        outcomes: [Outcome], units: Int, days: Int, users: Int, shares: [String: Double], levels: [Level],
        calibration: [Calibration]
    ) {
        self.outcomes = outcomes
        self.units = units
        self.days = days
        self.users = users
        self.shares = shares
        self.levels = levels
        self.calibration = calibration
    }
}
