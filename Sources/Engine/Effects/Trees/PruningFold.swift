/// One fold of the growing half: the tree grown without it, and what it says about that tree's leaves.
struct PruningFold: Sendable {
    /// What is known of one arm and outcome.
    struct Contrast: Sendable {
        /// What its gains count by.
        let weight: Double
        /// The tree's effects by node, of the units it was grown on.
        let effects: [Double]
        /// The sums of the units held out, in the order of the tree's leaves among its nodes.
        let held: [(control: ArmSums, treated: ArmSums)]
    }

    private let contrasts: [Contrast]
    /// The price of a leaf from which on each node no longer splits.
    private let collapse: [Double]
    /// The nodes that are leaves, ascending.
    private let leaves: [Int]
    /// The parent of each node; -1 of the root.
    private let parents: [Int]

    init<Sums>(_ tree: GrownTree<Sums>, contrasts: [Contrast]) {
        self.contrasts = contrasts
        collapse = tree.collapsePrices()
        leaves = tree.nodes.indices.filter { tree.nodes[$0].isLeaf }
        var parents = [Int](repeating: -1, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
            parents[node.left] = index
            parents[node.left + 1] = index
        }
        self.parents = parents
    }

    /// The held-out gain over the root alone at each price of a leaf: the sum over leaves of
    /// n (2 (tau - tau_root) tau_held - (tau^2 - tau_root^2)), the fall in squared error of the effect (Athey & Imbens
    /// 2016).
    ///
    /// Whatever the price, effects are compared within the leaves of the unpruned tree, which takes the noise of what
    /// covariates explain of the outcome out of the comparison. Leaves that lack an arm among the held out say nothing.
    func gains(at prices: [Double]) -> [Double] { measured(at: prices).gains }

    /// The same with the standard errors that they have by the units held out, of contrasts as if these erred together.
    func measured(at prices: [Double]) -> (gains: [Double], errors: [Double]) {
        var variances = [Double](repeating: 0, count: prices.count)
        var gains = [Double](repeating: 0, count: prices.count)
        for (position, leaf) in leaves.enumerated() {
            let predicting = prices.map { self.predicting(leaf, at: $0) }
            var errors = [Double](repeating: 0, count: prices.count)
            for contrast in contrasts {
                let sums = contrast.held[position]
                guard sums.control.count > 0, sums.treated.count > 0 else { continue }
                let size = contrast.weight * (sums.control.weight + sums.treated.weight)
                let observed = sums.treated.mean - sums.control.mean
                let root = contrast.effects[0]
                let error = (sums.treated.meanVariance + sums.control.meanVariance).squareRoot()
                for (trial, node) in predicting.enumerated() {
                    let effect = contrast.effects[node]
                    gains[trial] += size * (2 * (effect - root) * observed - (effect * effect - root * root))
                    errors[trial] += 2 * size * abs(effect - root) * error
                }
            }
            for trial in prices.indices { variances[trial] += errors[trial] * errors[trial] }
        }
        return (gains, variances.map { $0.squareRoot() })
    }

    /// The topmost node of a leaf's path that no longer splits at a price.
    private func predicting(_ leaf: Int, at price: Double) -> Int {
        var predicting = leaf
        var node = parents[leaf]
        while node >= 0 {
            if collapse[node] <= price { predicting = node }
            node = parents[node]
        }
        return predicting
    }
}
