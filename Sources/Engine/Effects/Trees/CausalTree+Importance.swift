extension CausalTree {
    /// How much of the tree's heterogeneity each covariate's splits account for: sums over its splits of
    /// n_l n_r / n (tau_l - tau_r)^2, from the estimating half, as shares of 1; all 0 where the tree has no split.
    ///
    /// The weight is what a split adds to sum n tau^2, the part of the honest criterion that rewards it (Athey & Imbens
    /// 2016); being estimated on the other half, it is not what the split was chosen by.
    package func importance(covariateCount: Int) -> [Double] {
        var gains = [Double](repeating: 0, count: covariateCount)
        for node in nodes {
            guard let split = node.split else { continue }
            let (left, right) = (nodes[node.left], nodes[node.left + 1])
            let units = Double(left.units + right.units)
            guard units > 0 else { continue }
            let apart = left.estimate.effect - right.estimate.effect
            gains[split.covariate] += Double(left.units) * Double(right.units) / units * apart * apart
        }
        let total = gains.reduce(0, +)
        return total > 0 ? gains.map { $0 / total } : gains
    }

    /// The leaves at or below a node, ascending.
    package func leaves(below node: Int) -> [Int] {
        var leaves: [Int] = []
        var pending = [node]
        while let next = pending.popLast() {
            if nodes[next].split == nil {
                leaves.append(nodes[next].leaf)
            } else {
                pending += [nodes[next].left, nodes[next].left + 1]
            }
        }
        return leaves.sorted()
    }
}
