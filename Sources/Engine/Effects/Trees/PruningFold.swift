/// One fold of the growing half: the tree grown without it, and what it says about that tree's leaves.
struct PruningFold: Sendable {
    let tree: GrownTree
    /// Sums of the held-out units in each leaf of `tree`; nil for inner nodes.
    let held: [(control: ArmSums, treated: ArmSums)?]

    /// - Parameter heldOut: the units of the fold, outcomes by row.
    init(tree: GrownTree, heldOut: PairEntries, binned: BinnedCovariates, values: [Float], weights: [Float]?) {
        var entries = heldOut
        var held: [(control: ArmSums, treated: ArmSums)?] = Array(repeating: nil, count: tree.nodes.count)
        entries.descend(binned, branch: tree.branch) { node, range, entries in
            if tree.nodes[node].isLeaf { held[node] = entries.armSums(range, values: values, weights: weights) }
        }
        self.tree = tree
        self.held = held
    }

    /// What a leaf contributes: the held-out gain in squared error of its effect over the root's is linear in the effect
    /// predicted, so that per price only the predictions change.
    struct Leaf: Sendable {
        /// Effect predicted at each price, less the root's.
        let contrasts: [Double]
        /// Squared effect predicted at each price, less the root's.
        let squares: [Double]
        /// Units held out, or their weight.
        let size: Double
        let effect: Double
        let variance: Double
    }

    /// - Parameter prices: of a leaf, ascending.
    func leaves(at prices: [Double]) -> [Leaf] {
        let collapse = tree.collapsePrices()
        let root = tree.nodes[0].effect
        let pooled = pooledVariance()
        var parents = [Int](repeating: -1, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
            parents[node.left] = index
            parents[node.left + 1] = index
        }
        return held.indices.compactMap { index in
            guard let sums = held[index], sums.control.count > 0, sums.treated.count > 0 else { return nil }
            let effects = prices.map { price -> Double in
                // The topmost node of the path that no longer splits at this price predicts.
                var predicting = index
                var node = parents[index]
                while node >= 0 {
                    if collapse[node] <= price { predicting = node }
                    node = parents[node]
                }
                return tree.nodes[predicting].effect
            }
            let variance = [sums.control, sums.treated].reduce(0) { sum, arm in
                let own = arm.meanVariance
                return sum + (own > 0 ? own : arm.meanVariance(unitVariance: pooled))
            }
            return Leaf(
                contrasts: effects.map { $0 - root }, squares: effects.map { $0 * $0 - root * root },
                size: sums.control.weight + sums.treated.weight, effect: sums.treated.mean - sums.control.mean,
                variance: variance)
        }
    }

    /// The variance of one unit's outcome in the fold: for leaves whose own is 0.
    private func pooledVariance() -> Double {
        var total = (control: ArmSums(), treated: ArmSums())
        for case let sums? in held {
            total.control += sums.control
            total.treated += sums.treated
        }
        return max(total.control.variance, total.treated.variance)
    }
}
