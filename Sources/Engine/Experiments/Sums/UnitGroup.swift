/// Whose sums are asked for: a split of METHODS section 0, or a part of it. Confirm, honest half and pruning fold are columns
/// of every unit, to group by or to filter on.
package enum UnitGroup: Sendable, Hashable {
    /// Tune and confirm units.
    case everyone
    case confirm
    /// Tune units of both honest halves.
    case tune
    /// The half of the tune units that grows trees.
    case growing
    /// The growing half without one of its pruning folds.
    case growingOutside(fold: Int)
    /// One pruning fold of the growing half.
    case growingInside(fold: Int)
    /// The half of the tune units that estimates leaves.
    case estimating
}
