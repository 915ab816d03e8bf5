import Experiments

/// Effects of a pruned tree's nodes from the estimating half only, in the outcome's unit, net of arm costs.
struct HonestEstimation {
    let tree: GrownTree<ContrastSums>
    /// The estimating half's sums of each node.
    let estimating: [(control: ArmSums, treated: ArmSums)]
    /// Tune units of all arms in each node.
    let units: [Int]

    /// - Parameter both: the root's sums over both honest halves; asked for only where the estimating half shows no variance.
    /// - Complexity: O(nodes).
    func causalTree(
        arm: Int, outcome index: Int, _ outcome: OutcomeOutline,
        both: () throws -> (control: ArmSums, treated: ArmSums)
    ) rethrows -> CausalTree {
        var estimates = [MeanDifference?](repeating: nil, count: tree.nodes.count)
        func visit(_ node: Int, parentVariance: Double) {
            let own = estimating[node]
            let variance = Self.pooledVariance(own) ?? parentVariance
            estimates[node] = MeanDifference(
                treated: own.treated, control: own.control, scale: outcome.scale, pooledVariance: parentVariance,
                terms: outcome.errorTerms(ofArm: arm))
            guard let branch = tree.branch(node) else { return }
            visit(branch.left, parentVariance: variance)
            visit(branch.right, parentVariance: variance)
        }
        visit(0, parentVariance: try rootVariance(both))
        let cost = outcome.addedCost(ofArm: arm)
        let leaves = tree.leavesFromTheLeft()
        return CausalTree(
            arm: arm, outcome: index, addedCost: cost,
            nodes: zip(tree.nodes.indices, estimates).compactMap { node, estimate in
                estimate.map {
                    CausalTree.Node(
                        split: tree.nodes[node].split, left: tree.nodes[node].left, units: units[node],
                        growingUnits: Int(tree.nodes[node].sums.control.count + tree.nodes[node].sums.treated.count),
                        estimatingUnits: Int(estimating[node].control.count + estimating[node].treated.count),
                        estimate: $0.shifted(by: -cost), leaf: leaves[node])
                }
            })
    }

    /// ((n1 - 1) S1 + (n0 - 1) S0)/(n1 + n0 - 2); nil where it is 0 or has no degrees of freedom.
    private static func pooledVariance(_ sums: (control: ArmSums, treated: ArmSums)) -> Double? {
        let arms = [sums.control, sums.treated]
        let freedom = arms.reduce(0) { $0 + max(0, $1.count - 1) }
        guard freedom > 0 else { return nil }
        let variance = arms.reduce(0) { $0 + max(0, $1.count - 1) * $1.variance } / freedom
        return variance > 0 ? variance : nil
    }

    /// The root's pooled variance; where the estimating half shows none, that of both halves, which choose nothing at the
    /// root; 0 for an outcome that is constant, and that of the whole experiment, 1, where the pair has no two units.
    private func rootVariance(_ both: () throws -> (control: ArmSums, treated: ArmSums)) rethrows -> Double {
        if let own = Self.pooledVariance(estimating[0]) { return own }
        let all = try both()
        return Self.pooledVariance(all) ?? (all.control.count + all.treated.count > 2 ? 0 : 1)
    }
}

extension GrownTree {
    /// The number of each leaf, counted from left to right; -1 for inner nodes.
    fileprivate func leavesFromTheLeft() -> [Int] {
        var numbers = [Int](repeating: -1, count: nodes.count)
        var count = 0
        var pending = [0]
        while let node = pending.popLast() {
            if let branch = branch(node) {
                pending += [branch.right, branch.left]
            } else {
                numbers[node] = count
                count += 1
            }
        }
        return numbers
    }
}
