/// How alike the arms are in one covariate: what a dot plot of balance draws.
///
/// Differences are standardised (SMD): (mean of the arm - mean of control) / sqrt((variance of the arm + variance of
/// control) / 2), one per arm after control, means and variances weighted by 1/e where propensities vary by unit.
package struct CovariateBalance: Sendable, Equatable, Codable {
    /// One level of a categorical covariate, taken as an indicator.
    package struct Level: Sendable, Equatable, Codable {
        package let name: String
        package let differences: [Double]

        package init(name: String, differences: [Double]) {
            self.name = name
            self.differences = differences
        }
    }

    package let name: String
    /// By arm - 1. Numeric: of the values that are there. Categorical: of `level`'s indicator.
    package let differences: [Double]
    /// The level that differs most; nil for a numeric covariate.
    package let level: String?
    /// All levels, in the order of their codes; empty for a numeric covariate.
    package let levels: [Level]
    /// Of the indicator of a missing value; nil where none is missing.
    package let missingDifferences: [Double]?
    /// Whether the covariate is independent of the arm; nil where the arms were not randomised by known probabilities, and
    /// where the covariate does not vary.
    package let test: IndependenceTest?
    /// The test's p-value after Holm over all covariates.
    package let adjustedP: Double?

    package init(
        name: String, differences: [Double], level: String?, levels: [Level], missingDifferences: [Double]?,
        test: IndependenceTest?, adjustedP: Double?
    ) {
        self.name = name
        self.differences = differences
        self.level = level
        self.levels = levels
        self.missingDifferences = missingDifferences
        self.test = test
        self.adjustedP = adjustedP
    }

    /// The largest difference of any arm, of values or of being missing, without its sign.
    package var largest: Double { (differences + (missingDifferences ?? [])).map(abs).max() ?? 0 }

    /// Whether the covariate differs so much by arm that it was probably measured after exposure (METHODS section 7).
    package var differsByArm: Bool { (adjustedP ?? 1) < BalanceReport.alarm }
}
