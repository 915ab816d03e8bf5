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
    /// Of one tree for all arms and outcomes; nil in studies of earlier versions.
    package let joint: Joint?
    /// Where the thresholds of `trees` lie among the tune units; nil in studies of earlier versions.
    package let shares: CutShares?

    /// Cohorts of one tree: its shape with the estimates of every arm and outcome, and the table of its leaves.
    package struct Joint: Sendable, Equatable, Codable {
        /// By `ContrastIndex.position`, all of one shape.
        package let trees: [CausalTree]
        package let table: CohortTable
    }

    package init(
        trees: [CausalTree], covariates: [CovariateDescription], cohorts: CohortTable, joint: Joint? = nil,
        shares: CutShares? = nil
    ) {
        self.trees = trees
        self.covariates = covariates
        self.cohorts = cohorts
        self.joint = joint
        self.shares = shares
    }

    /// The merged cohorts with their trees.
    package var merged: CohortGrouping {
        CohortGrouping(kind: .merged, trees: trees, covariates: covariates, table: cohorts)
    }

    /// The cohorts of the one tree; nil in studies of earlier versions.
    package var jointCohorts: CohortGrouping? {
        joint.map { CohortGrouping(kind: .joint, trees: $0.trees, covariates: covariates, table: $0.table) }
    }

    /// The merged cohorts in at most so many groups.
    package func groups(atMost most: Int = CohortGroups.most) -> CohortGroups {
        CohortGroups(merged, atMost: most, shares: shares)
    }

    /// Grows the trees and merges them, and the one tree for all.
    /// - Returns: the trees, and the cohort (from 0) of every unit, merged and of the one tree.
    static func grow(
        _ experiment: Experiment, context: RunContext
    ) throws -> (StudyTrees, merged: [UInt32], joint: [UInt32]) {
        let binned = try BinnedCovariates(experiment, context: context)
        let settings = TreeSettings(experiment.spec)
        let trees = try CausalTrees.grow(experiment, binned: binned, settings: settings, context: context)
        context.report(Progress(phase: "merging cohorts", done: 0, total: 1))
        let leaves = try context.workers.map(trees.count) { trees[$0].leaves(of: binned) }
        let (partition, cohortOf) = CohortPartition.find(
            leaves: leaves, unitCount: experiment.unitCount, tuneCount: experiment.tuneCount)
        let covariates = experiment.covariates.map { CovariateDescription($0) }
        let shares = CutShares(trees, binned, units: experiment.tune)
        let cohorts = CohortTable(
            partition, trees: trees, covariates: covariates, outcomeCount: experiment.outcomes.count, shares: shares)
        let (joint, jointOf) = try CohortGrouping.find(
            .joint, experiment, binned: binned, settings: settings, context: context)
        return (
            StudyTrees(
                trees: trees, covariates: covariates, cohorts: cohorts,
                joint: Joint(trees: joint.trees, table: joint.table), shares: shares), cohortOf, jointOf
        )
    }
}
