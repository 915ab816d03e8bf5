/// One unit of an experiment in whole numbers, with every column that a request can group by.
package struct IntegerUnit: Sendable {
    /// By covariate: the value, or the level's index; nil where it is missing.
    package let covariates: [Int?]
    package let arm: Int
    /// As stored.
    package let outcomes: [Int]
    /// 1/e where propensities vary by unit, else 1.
    package let weight: Int
    package let isTune: Bool
    package let estimates: Bool
    /// The pruning fold, were the unit in the growing half.
    package let fold: Int

    package init(
        covariates: [Int?], arm: Int, outcomes: [Int], weight: Int, isTune: Bool, estimates: Bool, fold: Int
    ) {
        self.covariates = covariates
        self.arm = arm
        self.outcomes = outcomes
        self.weight = weight
        self.isTune = isTune
        self.estimates = estimates
        self.fold = fold
    }
}
