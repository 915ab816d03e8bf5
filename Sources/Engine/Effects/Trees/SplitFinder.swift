import Experiments

/// What growth asks of a criterion: the worth of a node, and its best split on one covariate, from sums alone.
package protocol SplitFinder: Sendable {
    /// The sums of one node.
    associatedtype Sums: Sendable
    /// The sums of one node by the bins of one covariate.
    associatedtype Bins: Sendable

    /// The criterion's value of a node as a leaf.
    func value(of sums: Sums) -> Double
    /// Units of the node, of every group that is asked for.
    func units(of sums: Sums) -> Double
    /// Whether both children could have units enough.
    func canSplit(_ sums: Sums) -> Bool
    /// The sums of the other child.
    func rest(of sums: Sums, without child: Sums) -> Sums
    func rest(of bins: Bins, without child: Bins) -> Bins
    /// - Parameter answer: to a `GrowthSample`'s request by the bins of covariates.
    func bins(_ answer: SumsAnswer, covariate: Int, cell: Int) -> Bins
    /// - Returns: nil where no admissible split gains.
    func best(of bins: Bins, covariate: Int, code: BinCode, total: Sums) -> SplitCandidate<Sums>?
}

/// A split with the criterion's gain and the sums of the left child.
package struct SplitCandidate<Sums: Sendable>: Sendable {
    package let split: Split
    package let gain: Double
    package let left: Sums

    package init(split: Split, gain: Double, left: Sums) {
        self.split = split
        self.gain = gain
        self.left = left
    }
}
