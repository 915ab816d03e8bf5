import Effects
import Experiments
import Policies

/// The per-unit arrays a study keeps, in the experiment's canonical order: tune first, then confirm.
package struct StudyUnits: Sendable {
    package let keys: [UInt64]
    package let rows: [UInt32]
    /// Keys of their clusters; nil where units are independent.
    package let clusters: [UInt64]?
    /// What every split is a function of, by `SplitRule.keys`: units of one cluster go together.
    package let splitKeys: [UInt64]
    package let assignment: [UInt8]
    /// P(T = observed arm | x).
    package let observedPropensity: [Float]
    /// Outcomes, scaled and gross, one column each.
    package let observed: [[Float]]
    package let estimates: EffectEstimates
    package let scores: ScoreTable
    package let tuneCount: Int
    /// Merged cohort of each unit, from 0.
    package let cohorts: [UInt32]
    /// Cohort of each unit by the one tree for all arms and outcomes; nil in studies of earlier versions.
    package let jointCohorts: [UInt32]?
    /// Sums of units that stay in a warehouse, which every array but the cohorts' is empty for then; those have an entry for every row
    /// of the policy table. nil where the units are here.
    package let cells: StudyCells?

    package init(_ experiment: Experiment, _ fit: EffectsFit, cohorts: [UInt32], jointCohorts: [UInt32]?) {
        self.init(
            keys: experiment.units.keys, rows: experiment.units.rows, clusters: experiment.units.clusters,
            splitKeys: experiment.units.splitKeys, assignment: experiment.assignment,
            observedPropensity: experiment.propensity.observed(experiment.assignment),
            observed: experiment.outcomes.map(\.observed.values), estimates: fit.estimates, scores: fit.scores,
            tuneCount: experiment.tuneCount, cohorts: cohorts, jointCohorts: jointCohorts)
    }

    init(
        keys: [UInt64], rows: [UInt32], clusters: [UInt64]?, splitKeys: [UInt64], assignment: [UInt8],
        observedPropensity: [Float], observed: [[Float]], estimates: EffectEstimates, scores: ScoreTable,
        tuneCount: Int, cohorts: [UInt32],
        jointCohorts: [UInt32]?, cells: StudyCells? = nil
    ) {
        self.cells = cells
        self.keys = keys
        self.rows = rows
        self.clusters = clusters
        self.splitKeys = splitKeys
        self.assignment = assignment
        self.observedPropensity = observedPropensity
        self.observed = observed
        self.estimates = estimates
        self.scores = scores
        self.tuneCount = tuneCount
        self.cohorts = cohorts
        self.jointCohorts = jointCohorts
    }

    /// Arms x outcomes, in units of the outcome's scale.
    func scaledCosts(_ description: StudyDescription) -> [[Float]] {
        description.armCosts.map { costs in
            zip(costs, description.space.outcomes).map { PolicyTable.scaledCost($0, by: $1.scale) }
        }
    }

    /// Groups of the units of which nothing is known yet.
    func unitGroups(_ description: StudyDescription) -> UnitGroups {
        cells?.unitGroups(description) ?? UnitGroups(keys: splitKeys, seed: description.spec.splits.seed)
    }

    /// The policy table, net of the description's present arm costs: changing a cost needs no refit.
    /// - Parameter unitGroups: what is known of the units' groups.
    func policyTable(_ description: StudyDescription, unitGroups: UnitGroups) -> PolicyTable {
        let armCosts = scaledCosts(description)
        if let cells { return cells.policyTable(description, armCosts: armCosts, unitGroups: unitGroups) }
        return PolicyTable(
            effects: estimates, scores: scores, observed: observed, armCosts: armCosts, assignment: assignment,
            observedPropensity: observedPropensity, tuneCount: tuneCount,
            clusters: clusters, unitGroups: unitGroups)
    }
}
