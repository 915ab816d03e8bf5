import Statistics

/// The families of methods that find differences between units (S3 "Method Selection"; S0).
package enum MethodFamily: String, Sendable, Codable, CaseIterable {
    case drillDown = "drill-down"
    case anova = "ANOVA"
    case causalTree = "causal tree"
    case linear = "DML"
    case metaLearner = "meta-learner"
    case hybrid

    /// The units that share one effect, the largest first.
    package enum Level: String, Sendable, Codable, CaseIterable {
        case subgroup, cohort, member
    }

    /// What `neededDifference` is.
    package enum Basis: String, Sendable, Codable, CaseIterable {
        /// What a test of the family sees at 80% power.
        case power
        /// Where errors are small beside the effects: no power figure.
        case ruleOfThumb
    }

    package var basis: Basis {
        switch self {
        case .drillDown, .anova: .power
        case .causalTree, .linear, .metaLearner, .hybrid: .ruleOfThumb
        }
    }

    package var level: Level {
        switch self {
        case .drillDown, .anova: .subgroup
        case .causalTree, .hybrid: .cohort
        case .linear, .metaLearner: .member
        }
    }

    /// Levels of a dimension that a drill-down or an ANOVA is reckoned with, and leaves of a tree.
    private static let parts = 4

    /// The smallest difference between the effects of two halves of the units for which the family serves.
    ///
    /// Two halves that differ by d have effects of variance d^2/4. With V the variance of one unit's share in an effect:
    /// - drill-down over all covariates, four levels each, every arm: the difference of one half seen at 80% power after
    ///   Holm over all those tests;
    /// - ANOVA by one dimension of four levels: the F test's 80% power, N var/V equal to the noncentrality for 3 degrees of
    ///   freedom;
    /// - tree of four leaves: the error of leaf effects from the honest half, 4 V/(N/2), is at most half the variance of effects;
    /// - DML: the error of p slopes, p V/N, is at most a quarter of the variance of effects;
    /// - meta-learners bend, which costs more than p slopes do: p V/N at most a tenth of it;
    /// - hybrid: the meta-learner finds the cohorts, their effects come from the honest half: the larger of DML's and tree's need.
    package func neededDifference(_ size: ExperimentSize) -> Double? {
        let variance = size.unitVariance / Double(size.units)
        let covariates = Double(size.covariates)
        guard size.covariates > 0 else { return nil }
        func spread(_ square: Double) -> Double { 2 * (square * variance).squareRoot() }
        switch self {
        case .drillDown:
            let tests = Self.parts * size.covariates * (size.shares.count - 1)
            return 2 * MinimumDetectableEffect.reach(tests: tests) * variance.squareRoot()
        case .anova:
            return spread(
                NoncentralChiSquare.noncentrality(
                    degreesOfFreedom: Double(Self.parts - 1), level: MinimumDetectableEffect.level,
                    power: MinimumDetectableEffect.power))
        case .causalTree: return spread(2 * Double(Self.parts) / 0.5)
        case .linear: return spread(max(covariates / 0.25, Self.detection))
        case .metaLearner: return spread(max(covariates / 0.1, Self.detection))
        case .hybrid: return spread(max(covariates / 0.25, 2 * Double(Self.parts) / 0.5))
        }
    }

    /// N var/V below which the test of heterogeneity misses even perfectly ranked effects more often than one time in five.
    private static var detection: Double {
        let reach = Normal.quantile(1 - MinimumDetectableEffect.level) + Normal.quantile(MinimumDetectableEffect.power)
        return reach * reach / 0.8
    }

    /// What it is and what it costs, for somebody who has never used it (S3).
    package var inWords: String {
        switch self {
        case .drillDown:
            "compares arms inside segments you name: quick and plain, but only finds what you think of, one dimension at a time"
        case .anova:
            "tests whether the effect varies along one or two dimensions you name: a clean p-value, straight lines only"
        case .causalTree:
            "searches all covariates for segments whose effects differ and gives each an honest interval: easy to explain, coarse"
        case .linear:
            "an effect for each unit from a weighted sum of its covariates, with intervals: sturdy, misses what bends"
        case .metaLearner:
            "an effect for each unit by boosted trees, whatever the shape: the sharpest targeting, no p-values of its own"
        case .hybrid:
            "a meta-learner finds who differs, a small tree says it in rules with honest effects: sharp and explainable, slower"
        }
    }
}
