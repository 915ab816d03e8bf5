import Experiments

/// One fold of the growing half: the tree grown without it, and what it says about that tree's leaves.
struct PruningFold: Sendable {
    let tree: GrownTree
    /// Sums of the held-out units in each leaf of `tree`; nil for inner nodes.
    let held: [(control: ArmSums, treated: ArmSums)?]

    /// - Parameters:
    ///   - leaves: of the tree, in the order in which `held` answers for them.
    ///   - held: sums of the units held out, of control and the arm.
    init(tree: GrownTree, leaves: [Int], held: SumsAnswer) {
        var sums: [(control: ArmSums, treated: ArmSums)?] = Array(repeating: nil, count: tree.nodes.count)
        for (cell, leaf) in leaves.enumerated() { sums[leaf] = held.contrast(cell: cell) }
        self.tree = tree
        self.held = sums
    }

    /// The held-out gain over the root alone at each price of a leaf: the sum over leaves of
    /// n (2 (tau - tau_root) tau_held - (tau^2 - tau_root^2)), the fall in squared error of the effect (Athey & Imbens
    /// 2016).
    ///
    /// Whatever the price, effects are compared within the leaves of the unpruned tree, which takes the noise of what
    /// covariates explain of the outcome out of the comparison. Leaves that lack an arm among the held out say nothing.
    func gains(at prices: [Double]) -> [Double] {
        let collapse = tree.collapsePrices()
        let root = tree.nodes[0].effect
        var parents = [Int](repeating: -1, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
            parents[node.left] = index
            parents[node.left + 1] = index
        }
        var gains = [Double](repeating: 0, count: prices.count)
        for index in held.indices {
            guard let sums = held[index], sums.control.count > 0, sums.treated.count > 0 else { continue }
            let size = sums.control.weight + sums.treated.weight
            let observed = sums.treated.mean - sums.control.mean
            for (trial, price) in prices.enumerated() {
                // The topmost node of the path that no longer splits at this price predicts.
                var predicting = index
                var node = parents[index]
                while node >= 0 {
                    if collapse[node] <= price { predicting = node }
                    node = parents[node]
                }
                let effect = tree.nodes[predicting].effect
                gains[trial] += size * (2 * (effect - root) * observed - (effect * effect - root * root))
            }
        }
        return gains
    }
}
