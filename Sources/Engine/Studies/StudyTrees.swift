import Effects
import Experiments
import Groups
import Runtime

/// The trees of a study and the cohorts merged from them.
package struct StudyTrees: Sendable, Equatable, Codable {
    /// At (arm - 1) * outcomes + outcome.
    package let trees: [CausalTree]
    package let covariates: [CovariateDescription]
    package let cohorts: CohortTable

    package init(trees: [CausalTree], covariates: [CovariateDescription], cohorts: CohortTable) {
        self.trees = trees
        self.covariates = covariates
        self.cohorts = cohorts
    }

    /// Grows the trees and merges them.
    /// - Returns: the trees, and the cohort (from 0) of every unit.
    static func grow(_ experiment: Experiment, context: RunContext) throws -> (StudyTrees, cohortOf: [UInt32]) {
        let binned = try BinnedCovariates(experiment, context: context)
        let trees = try CausalTrees.grow(
            experiment, binned: binned, settings: TreeSettings(experiment.spec.effects), context: context)
        context.report(Progress(phase: "merging cohorts", done: 0, total: 1))
        let leaves = try context.workers.map(trees.count) { trees[$0].leaves(of: binned) }
        let (partition, cohortOf) = CohortPartition.find(
            leaves: leaves, unitCount: experiment.unitCount, tuneCount: experiment.tuneCount)
        let covariates = experiment.covariates.map { CovariateDescription($0) }
        let cohorts = CohortTable(
            partition, trees: trees, covariates: covariates, outcomeCount: experiment.outcomes.count)
        return (StudyTrees(trees: trees, covariates: covariates, cohorts: cohorts), cohortOf)
    }
}
