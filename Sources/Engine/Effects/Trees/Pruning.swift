import Statistics

/// Chooses a tree's complexity by cross-validation within the growing half.
struct Pruning {
    let folds: Int

    /// The price of a leaf: the largest within one standard error of the lowest held-out loss.
    ///
    /// The loss of a leaf on held-out units is n (tau^2 - 2 tau tau_held), the squared error of its effect up to a
    /// constant (Athey & Imbens 2016); its error is taken over the folds, paired with the lowest.
    /// - Parameters:
    ///   - tree: grown on the whole growing half.
    ///   - foldOf: fold of each growing entry of the root.
    func price(
        for tree: GrownTree, provider: PairSums, foldOf: [UInt8], search: SplitSearch, maximumDepth: Int,
        cancellation: Cancellation
    ) throws -> Double {
        let prices = tree.collapsePrices().compactMap { $0 }
        guard !prices.isEmpty else { return 0 }
        let sorted = Set(prices).sorted()
        // Between two prices the tree is the same; the geometric mean stands for the stretch, infinity for the root.
        var trials = [0.0]
        for (low, high) in zip(sorted, sorted.dropFirst()) { trials.append((max(0, low) * max(0, high)).squareRoot()) }
        trials.append(.infinity)
        var losses = [[Double]](repeating: [], count: trials.count)
        for fold in 0..<folds {
            try cancellation.check()
            let (training, held) = provider.root.divided(by: foldOf, held: UInt8(fold))
            let part = PairSums(bins: provider.bins, codes: provider.codes, root: training)
            let share = Double(training.growing.count) / Double(max(1, provider.root.growing.count))
            let scaled = SplitSearch(
                growingUnits: search.growingUnits * share, estimatingUnits: search.estimatingUnits,
                treatedShare: search.treatedShare, minimumLeaf: max(2, Int(Double(search.minimumLeaf) * share)))
            let grown = try GrownTree.grow(
                part, search: scaled, maximumDepth: maximumDepth, cancellation: cancellation)
            let own = grown.collapsePrices()
            let nodeLosses = Self.losses(of: grown, on: held, provider)
            for (trial, price) in trials.enumerated() {
                losses[trial].append(Self.total(nodeLosses, grown, splitting: grown.splits(at: price, own)))
            }
        }
        let means = losses.map { $0.reduce(0, +) / Double(folds) }
        guard let lowest = means.indices.min(by: { means[$0] < means[$1] }) else { return 0 }
        for trial in trials.indices.reversed() {
            let excess = Moments(zip(losses[trial], losses[lowest]).map { $0 - $1 })
            if excess.mean <= excess.standardError { return trials[trial] }
        }
        return trials[lowest]
    }

    /// n (tau^2 - 2 tau tau_held) of every node on held-out units; 0 where an arm is lacking.
    private static func losses(of tree: GrownTree, on held: PairSums.Node, _ provider: PairSums) -> [Double] {
        var result = [Double](repeating: 0, count: tree.nodes.count)
        func visit(_ index: Int, _ node: PairSums.Node) {
            var sums = [ArmSums(), ArmSums()]
            for (place, entry) in node.growing.enumerated() {
                let weight = node.weights.isEmpty ? 1 : Double(node.weights[place])
                var one = ArmSums(count: 1, value: Double(node.y[place]), square: 0)
                one.weight = weight
                one.weightedValue = weight * Double(node.y[place])
                sums[Int(entry & 1)] += one
            }
            if sums[0].count > 0, sums[1].count > 0 {
                let tau = tree.nodes[index].effect
                result[index] = Double(node.growing.count) * (tau * tau - 2 * tau * (sums[1].mean - sums[0].mean))
            }
            if let split = tree.nodes[index].split {
                let children = provider.children(of: node, by: split)
                visit(tree.nodes[index].left, children.left)
                visit(tree.nodes[index].left + 1, children.right)
            }
        }
        visit(0, held)
        return result
    }

    private static func total(_ losses: [Double], _ tree: GrownTree, splitting: [Bool]) -> Double {
        func visit(_ index: Int) -> Double {
            splitting[index] ? visit(tree.nodes[index].left) + visit(tree.nodes[index].left + 1) : losses[index]
        }
        return visit(0)
    }
}

extension PairSums.Node {
    /// The growing entries outside a fold (with all of the estimating half) and those of the fold.
    fileprivate func divided(by folds: [UInt8], held fold: UInt8) -> (training: PairSums.Node, held: PairSums.Node) {
        var training = PairSums.Node(growing: [], y: [], weights: [], estimating: estimating)
        var held = PairSums.Node(growing: [], y: [], weights: [], estimating: [])
        for index in growing.indices {
            if folds[index] == fold {
                held.growing.append(growing[index])
                held.y.append(y[index])
                if !weights.isEmpty { held.weights.append(weights[index]) }
            } else {
                training.growing.append(growing[index])
                training.y.append(y[index])
                if !weights.isEmpty { training.weights.append(weights[index]) }
            }
        }
        return (training, held)
    }
}
