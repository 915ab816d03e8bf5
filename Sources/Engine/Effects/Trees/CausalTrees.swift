import CKernels
import Experiments
import Statistics

/// The J(K+1) honest trees of an experiment (S0: one per arm and outcome).
package enum CausalTrees {
    /// - Returns: at (arm - 1) * outcomes + outcome.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates x depth x pruning folds) per tree, parallel over trees.
    package static func grow(
        _ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings, conduct: Conduct
    ) throws -> [CausalTree] {
        let outcomes = experiment.outcomes.count
        let total = (experiment.arms.count - 1) * outcomes
        let estimation = experiment.splitRule.estimation(Array(experiment.units.keys[experiment.tune]))
        let finished = Counter()
        conduct.report(Progress(phase: "growing trees", done: 0, total: total))
        return try conduct.workers.map(total) { index in
            let growth = TreeGrowth(
                experiment: experiment, binned: binned, settings: settings, estimation: estimation,
                arm: index / outcomes + 1, outcome: index % outcomes)
            let tree = try growth.tree(cancellation: conduct.cancellation)
            conduct.report(Progress(phase: "growing trees", done: finished.next(), total: total))
            return tree
        }
    }
}

/// The growth of one tree: halves, growth, pruning, estimation.
struct TreeGrowth {
    let experiment: Experiment
    let binned: BinnedCovariates
    let settings: TreeSettings
    /// Whether each tune unit estimates.
    let estimation: [Bool]
    let arm: Int
    let outcome: Int

    func tree(cancellation: Cancellation) throws -> CausalTree {
        let root = pairRoot()
        let provider = PairSums(bins: binned.bins, codes: binned.codes, root: root)
        let groups = (0..<2).flatMap { treated in
            [root.growing, root.estimating].map { half in half.count { Int($0 & 1) == treated } }
        }
        let search = SplitSearch(
            growingUnits: max(1, Double(root.growing.count)), estimatingUnits: max(1, Double(root.estimating.count)),
            treatedShare: treatedShare(), minimumLeaf: settings.leafSize(smallestGroup: groups.min() ?? 0))
        let grown = try GrownTree.grow(
            provider, search: search, maximumDepth: settings.maximumDepth, cancellation: cancellation)
        let pruneDraw = SaltedDraw(seed: experiment.splitRule.seed, salt: "prune")
        let foldOf = root.growing.map {
            UInt8(pruneDraw.group(experiment.units.keys[Int($0 >> 1)], of: settings.pruningFolds))
        }
        let price = try Pruning(folds: settings.pruningFolds).price(
            for: grown, provider: provider, foldOf: foldOf, search: search, maximumDepth: settings.maximumDepth,
            cancellation: cancellation)
        let splitting = grown.splits(at: price, grown.collapsePrices())
        return estimated(grown, splitting: splitting, provider)
    }

    /// p = e_i / (e_0 + e_i), averaged over units where propensities vary.
    private func treatedShare() -> Double {
        switch experiment.propensity {
        case .shares(let shares): return shares[arm] / (shares[0] + shares[arm])
        case .columns(let columns):
            var sum = 0.0
            for unit in experiment.tune { sum += Double(columns[arm][unit] / (columns[0][unit] + columns[arm][unit])) }
            return sum / Double(max(1, experiment.tuneCount))
        }
    }

    /// 1/e of the pair's units where propensities vary; nil where they do not.
    private func weights() -> [Float]? {
        guard case .columns = experiment.propensity else { return nil }
        return experiment.propensity.observed(experiment.assignment).map { 1 / $0 }
    }

    private func pairRoot() -> PairSums.Node {
        let y = experiment.outcomes[outcome].observed.values
        let weights = weights()
        var root = PairSums.Node(growing: [], y: [], weights: [], estimating: [])
        for unit in experiment.tune {
            let observed = Int(experiment.assignment[unit])
            guard observed == 0 || observed == arm else { continue }
            let entry = UInt32(unit) << 1 | (observed == arm ? 1 : 0)
            if estimation[unit] {
                root.estimating.append(entry)
            } else {
                root.growing.append(entry)
                root.y.append(y[unit])
                if let weights { root.weights.append(weights[unit]) }
            }
        }
        return root
    }

    /// Effects of every node that is left, from the estimating half only.
    private func estimated(_ grown: GrownTree, splitting: [Bool], _ provider: PairSums) -> CausalTree {
        let described = experiment.outcomes[outcome]
        let y = described.observed.values
        let weights = weights()
        var nodes: [CausalTree.Node] = []
        var leafCount = 0
        func estimate(_ entries: [UInt32], pooled: Double) -> (MeanDifference, pooled: Double) {
            var sums = [Double](repeating: 0, count: 12)
            if let weights {
                espalier_arm_sums(entries, entries.count, y, weights, &sums)
            } else {
                espalier_arm_sums(entries, entries.count, y, nil, &sums)
            }
            let control = ArmSums(sums[0..<6])
            let treated = ArmSums(sums[6..<12])
            let gross = MeanDifference(
                treated: treated, control: control, scale: described.observed.scale, pooledVariance: pooled)
            let own =
                (treated.variance * treated.count + control.variance * control.count)
                / max(1, treated.count + control.count)
            return (gross.shifted(by: -described.addedCost(ofArm: arm)), own > 0 ? own : pooled)
        }
        // Breadth first, so that the two children of a node follow each other.
        var queue: [(grown: Int, node: PairSums.Node, units: [UInt32], pooled: Double)] = []
        let all = experiment.tune.map { UInt32($0) << 1 }
        queue.append((0, provider.root, all, 1))
        var next = 0
        while next < queue.count {
            let item = queue[next]
            next += 1
            let (effect, pooled) = estimate(item.node.estimating, pooled: item.pooled)
            guard splitting[item.grown], let split = grown.nodes[item.grown].split else {
                nodes.append(
                    CausalTree.Node(split: nil, left: -1, units: item.units.count, estimate: effect, leaf: leafCount))
                leafCount += 1
                continue
            }
            nodes.append(
                CausalTree.Node(split: split, left: queue.count, units: item.units.count, estimate: effect, leaf: -1))
            let pair = provider.children(
                of: PairSums.Node(growing: [], y: [], weights: [], estimating: item.node.estimating), by: split)
            let everyone = provider.children(
                of: PairSums.Node(growing: [], y: [], weights: [], estimating: item.units), by: split)
            let left = grown.nodes[item.grown].left
            queue.append((left, pair.left, everyone.left.estimating, pooled))
            queue.append((left + 1, pair.right, everyone.right.estimating, pooled))
        }
        return CausalTree(arm: arm, outcome: outcome, nodes: nodes)
    }
}
