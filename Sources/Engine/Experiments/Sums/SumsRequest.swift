/// One question about an experiment: sums by cell x covariate and bin x arm x outcome x group (DESIGN section 2, "Sums,
/// never rows").
///
/// Growth asks one per level of a tree. A tree, its pruning folds and its estimates name their own arms, outcomes and groups,
/// and trees that stand at the same nodes (all do at the root) may be asked for together.
package struct SumsRequest: Sendable, Hashable {
    /// What the units are divided into before anything is summed.
    package enum Cells: Sendable, Hashable {
        /// Nodes of one level of a tree, each divided further by the bins of each of these covariates.
        case level([NodePath], covariates: [Int])
        /// Nodes of one tree, each as a whole; those beside their own descendants hold these as well.
        case nodes([NodePath])
        /// The crossing of several partitions, each given by the leaves of a tree: a cell for every tuple of leaves, one of
        /// each partition, that any unit of these arms and groups has.
        case crossing([[NodePath]])
    }

    package let cells: Cells
    /// Indices into the experiment's arms, control included where it is wanted; nil does not tell the arms apart.
    package let arms: [Int]?
    /// Indices into the experiment's outcomes.
    package let outcomes: [Int]
    /// Groups whose units are counted and whose outcomes are summed.
    package let summed: [UnitGroup]
    /// Groups whose units are counted, and of whose outcomes nothing is read.
    package let counted: [UnitGroup]

    package init(
        _ cells: Cells, arms: [Int]?, outcomes: [Int] = [], summed: [UnitGroup] = [], counted: [UnitGroup] = []
    ) {
        self.cells = cells
        self.arms = arms
        self.outcomes = outcomes
        self.summed = summed
        self.counted = counted
    }
}
