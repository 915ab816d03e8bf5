import Experiments

/// Effects of a pruned tree's nodes from the estimating half only, in the outcome's unit, gross of arm costs.
struct HonestEstimation {
    let experiment: Experiment
    let binned: BinnedCovariates
    let outcome: Outcome
    let sample: ContrastSample
    /// omega by unit; nil for weight 1.
    let weights: [Float]?

    /// - Complexity: O(units x depth).
    func tree(_ grown: GrownTree, arm: Int, outcome index: Int) -> CausalTree {
        let estimating = sums(of: sample.estimating, in: grown)
        var tuneUnits = [Int](repeating: 0, count: grown.nodes.count)
        var everyone = ContrastEntries(experiment.tune.map { UInt32($0) << 1 })
        everyone.descend(binned, branch: grown.branch) { node, range, _ in tuneUnits[node] = range.count }
        var estimates = [MeanDifference?](repeating: nil, count: grown.nodes.count)
        func visit(_ node: Int, parentVariance: Double) {
            let own = estimating[node]
            let variance = Self.pooledVariance(own) ?? parentVariance
            estimates[node] = MeanDifference(
                treated: own.treated, control: own.control, scale: outcome.observed.scale,
                pooledVariance: parentVariance)
            guard let branch = grown.branch(node) else { return }
            visit(branch.left, parentVariance: variance)
            visit(branch.right, parentVariance: variance)
        }
        visit(0, parentVariance: rootVariance(estimating[0]))
        let cost = outcome.addedCost(ofArm: arm)
        let leaves = grown.leavesFromTheLeft()
        return CausalTree(
            arm: arm, outcome: index, addedCost: cost,
            nodes: zip(grown.nodes.indices, estimates).compactMap { node, estimate in
                estimate.map {
                    CausalTree.Node(
                        split: grown.nodes[node].split, left: grown.nodes[node].left, units: tuneUnits[node],
                        growingUnits: Int(grown.nodes[node].sums.control.count + grown.nodes[node].sums.treated.count),
                        estimatingUnits: Int(estimating[node].control.count + estimating[node].treated.count),
                        estimate: $0.shifted(by: -cost), leaf: leaves[node])
                }
            })
    }

    private func sums(of entries: [UInt32], in grown: GrownTree) -> [(control: ArmSums, treated: ArmSums)] {
        var sums = Array(repeating: (control: ArmSums(), treated: ArmSums()), count: grown.nodes.count)
        var entries = ContrastEntries(entries)
        let values = outcome.observed.values
        entries.descend(binned, branch: grown.branch) { node, range, entries in
            sums[node] = entries.armSums(range, values: values, weights: weights)
        }
        return sums
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
    private func rootVariance(_ estimating: (control: ArmSums, treated: ArmSums)) -> Double {
        if let own = Self.pooledVariance(estimating) { return own }
        let all = ContrastEntries(sample.growing + sample.estimating)
        let both = all.armSums(0..<all.count, values: outcome.observed.values, weights: weights)
        return Self.pooledVariance(both) ?? (both.control.count + both.treated.count > 2 ? 0 : 1)
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
