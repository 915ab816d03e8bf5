import Experiments
import Runtime

/// What a learner can do and what it needs: all that code which takes any learner knows of it.
package struct LearnerCapabilities: Sendable, Equatable {
    /// What effects are made from.
    package enum Columns: Sendable {
        /// Covariates, arms and outcomes.
        case covariates
        /// Effects computed elsewhere, one column per contrast.
        case suppliedEffects
    }

    /// Whether its effects come with pointwise standard errors.
    package let intervals: Bool
    /// Whether it takes covariates with missing values.
    package let missingValues: Bool
    /// Whether it takes experiments of more than one arm beside control.
    package let manyArms: Bool
    package let columns: Columns
    /// Whether it trains on predictions of outcomes by models that saw neither the unit nor the fold (`NestedCrossFit`).
    package let nestedOutcomeModels: Bool
    /// Whether effects come of the outcome models; elsewhere only the scores do.
    package let outcomeModels: Bool

    package init(
        intervals: Bool = false, missingValues: Bool = true, manyArms: Bool = true, columns: Columns = .covariates,
        nestedOutcomeModels: Bool = false, outcomeModels: Bool = true
    ) {
        self.intervals = intervals
        self.missingValues = missingValues
        self.manyArms = manyArms
        self.columns = columns
        self.nestedOutcomeModels = nestedOutcomeModels
        self.outcomeModels = outcomeModels
    }

    /// - Throws: `EspalierError` (.usage) that says what of the data a learner with these capabilities cannot take.
    /// - Complexity: O(units x covariates) for a learner that takes no missing values, else O(1).
    func check(_ data: TrainingData, learner name: String) throws {
        if !manyArms, data.armCount > 2 {
            throw EspalierError(
                .usage, "the learner \(name) takes one arm beside control but the experiment has \(data.armCount - 1)",
                remedy: "choose another learner")
        }
        if !missingValues, let covariate = data.covariates.first(where: { $0.values.contains(where: \.isNaN) }) {
            throw EspalierError(
                .usage, "the learner \(name) takes no missing values but \(covariate.name) has some",
                remedy: "choose another learner, or leave the covariate out")
        }
        if columns == .suppliedEffects, data.suppliedEffects.count != data.contrasts.count {
            throw EspalierError(
                .usage, "the learner \(name) needs a column of effects for every arm and outcome",
                remedy: "name the columns, or choose another learner")
        }
    }
}
