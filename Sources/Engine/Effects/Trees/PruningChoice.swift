/// Chooses a tree's complexity by cross-validation within the growing half.
///
/// A subtree's held-out gain over the single leaf is the sum over leaves of n (2 (tau - tau_root) tau_held -
/// (tau^2 - tau_root^2)): the fall in squared error of the effect, up to a constant (Athey & Imbens 2016). Comparing
/// within the leaves of the unpruned tree takes the noise of what covariates explain of the outcome out of it. Its
/// standard error follows from the variances of the leaves' held-out effects.
struct PruningChoice: Sendable {
    let folds: [PruningFold]

    /// The price of a leaf: the one of most held-out gain if that gain exceeds one standard error, else infinite, which
    /// leaves the root alone.
    ///
    /// The one-standard-error rule applies to the question whether there is heterogeneity at all. Beyond it the minimum
    /// rule predicts better: one standard error everywhere prunes real but smaller steps.
    func price(for tree: GrownTree) -> Double {
        let prices = Self.trialPrices(tree)
        let leaves = folds.flatMap { $0.leaves(at: prices) }
        var best = (price: Double.infinity, gain: 0.0)
        for (trial, price) in prices.enumerated() {
            var (gain, variance) = (0.0, 0.0)
            for leaf in leaves {
                gain += leaf.size * (2 * leaf.contrasts[trial] * leaf.effect - leaf.squares[trial])
                let reach = 2 * leaf.size * leaf.contrasts[trial]
                variance += reach * reach * leaf.variance
            }
            if gain > best.gain, gain > variance.squareRoot() { best = (price, gain) }
        }
        return best.price
    }

    /// One price per subtree of the nested sequence but the root: the geometric mean of the two between which it stands.
    private static func trialPrices(_ tree: GrownTree) -> [Double] {
        let steps = Set(zip(tree.nodes, tree.collapsePrices()).filter { !$0.0.isLeaf }.map(\.1)).sorted()
        guard !steps.isEmpty else { return [] }
        return [0] + zip(steps, steps.dropFirst()).map { ($0 * $1).squareRoot() }
    }
}
