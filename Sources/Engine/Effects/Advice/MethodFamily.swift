import Runtime

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
        /// What a test of the family sees at 80% power, by simulation.
        case power
        /// Where errors are small beside the effects: no power figure.
        case ruleOfThumb
    }

    package var basis: Basis {
        switch self {
        case .drillDown, .anova, .causalTree, .linear: .power
        case .metaLearner, .hybrid: .ruleOfThumb
        }
    }

    package var level: Level {
        switch self {
        case .drillDown, .anova: .subgroup
        case .causalTree, .hybrid: .cohort
        case .linear, .metaLearner: .member
        }
    }

    /// Groups of a dimension in a drill-down or an ANOVA, as the product cuts it, and leaves of a tree.
    private static let parts = 4

    /// The smallest difference between the effects of two halves of the units for which the family serves, in the smallest arm.
    ///
    /// By simulation, with 80% power:
    /// - drill-down by one dimension that is named in advance, cut into quarters: the effect that is in two of them and not in the
    ///   others, found in one of the two after Holm over the four;
    /// - ANOVA by such a dimension: its F test;
    /// - tree: it splits, and the honest effects of the sides of its first split differ beyond their errors (`TreePower`);
    /// - DML: its own test of heterogeneity, block by block over the folds, where the halves are those of a normal covariate.
    ///
    /// By a rule of thumb, since boosted trees have no test whose power follows from the shape of the data. Two halves that differ by d
    /// have effects of variance d^2/4; with V the variance of one unit's share in an effect and p covariates:
    /// - meta-learners bend, and p V/N is to be at most a tenth of the variance of effects;
    /// - hybrid: the meta-learner finds the cohorts with p V/N at most a quarter of it, their effects come from the honest half, where
    ///   the errors of four leaves, 4 V/(N/2), are at most half of it: the larger of the two needs.
    /// - Returns: nil without covariates, or where trees of so few units find nothing.
    /// - Throws: `CancellationError`.
    package func neededDifference(_ size: ExperimentSize, context: RunContext = RunContext()) throws -> Double? {
        guard size.covariates > 0 else { return nil }
        let error = size.standardError
        let covariates = Double(size.covariates)
        switch self {
        case .drillDown: return error * PowerTable.strength(.drillDown(groups: Self.parts))
        case .anova: return error * PowerTable.strength(.variance(groups: Self.parts))
        case .causalTree: return try PowerTable.strength(TreePower(size), context: context).map { error * $0 }
        case .linear: return error * PowerTable.strength(Self.slopes(size))
        case .metaLearner:
            // Below what a perfect ranking takes to be seen nothing serves.
            let seen = 2 * PowerTable.strength(.ranking(blocks: size.testBlocks))
            return error * max(2 * (covariates / 0.1).squareRoot(), seen)
        case .hybrid: return error * 2 * max(covariates / 0.25, 2 * Double(Self.parts) / 0.5).squareRoot()
        }
    }

    /// As many slopes as the first block's units can bear (`LinearBasis`).
    private static func slopes(_ size: ExperimentSize) -> PowerQuestion {
        let smallest = size.shares.dropFirst().min() ?? size.shares[0]
        let block = Double(size.units) * (size.shares[0] + smallest) / Double(size.testBlocks)
        return .slopes(
            blocks: size.testBlocks, covariates: max(1, min(size.covariates, Int(min(1e9, block) / 20))))
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
