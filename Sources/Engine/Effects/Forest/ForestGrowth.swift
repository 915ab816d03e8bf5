import Experiments
import Runtime
import Statistics

/// Grows the trees of a forest, bag by bag: who is where, what a unit's record is, and honest values for the leaves.
struct ForestGrowth: Sendable {
    let binned: BinnedCovariates
    let sample: ForestSample
    let target: ForestTarget
    let settings: ForestSettings
    let seed: UInt64
    /// w and y by row of the experiment.
    let treatment: [Float]
    let outcome: [Float]
    /// Whether leaves get their values from other units than those that grew the tree.
    let honest: Bool

    /// - Returns: the trees in pairs, bag by bag.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(trees x units x covariates x depth / 2), parallel over bags.
    func trees(bags: Int, phase: String, context: RunContext) throws -> [ForestTree] {
        let finished = Counter()
        context.report(Progress(phase: phase, done: 0, total: bags))
        return try context.workers.map(bags) { bag -> [ForestTree] in
            let members = ForestBag(bag, seed: seed, settings: settings)
            let pair = try (0..<2).map { tree -> ForestTree in
                try context.cancellation.check()
                return try self.tree(members, bag: bag, tree: tree)
            }
            context.report(Progress(phase: phase, done: finished.next(), total: bags))
            return pair
        }.flatMap { $0 }
    }

    private func tree(_ bag: ForestBag, bag number: Int, tree: Int) throws -> ForestTree {
        var (growing, estimating): ([UInt32], [UInt32]) = ([], [])
        for row in sample.rows {
            switch bag.role(of: sample.keys[Int(row)], tree: tree) {
            case .outside: continue
            case .growing: growing.append(row)
            case .estimating: estimating.append(row)
            }
        }
        if !honest {
            growing = (growing + estimating).sorted()
            estimating = growing
        }
        let grower = ForestGrower(
            binned, growing: growing, records: records(growing), target: target, settings: settings,
            stream: RandomStream(seed: seed, purpose: "forest tree \(number) \(tree)"))
        return try estimated(grower.grow(), by: estimating)
    }

    private func records(_ rows: [UInt32]) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count * 8) { buffer, count in
            for (index, row) in rows.enumerated() {
                let (w, y) = (treatment[Int(row)], outcome[Int(row)])
                let record = SIMD8<Float>(1, w, w * w, y, w * y, sample.treated[Int(row)] ? 1 : 0, 0, 0)
                for lane in 0..<8 { buffer[index * 8 + lane] = record[lane] }
            }
            count = rows.count * 8
        }
    }

    /// The finished tree: a node of whose children one has no estimating units gives way to the other (GRF does the same),
    /// so that every leaf has a value.
    private func estimated(_ shape: ForestGrower.Shape, by estimating: [UInt32]) throws -> ForestTree {
        guard !estimating.isEmpty else { return try ForestTree([]) }
        var counts = [Int](repeating: 0, count: shape.splits.count)
        var means = [ForestTree.LeafMeans](repeating: ForestTree.LeafMeans(), count: shape.splits.count)
        var entries = ContrastEntries(estimating.map { $0 << 1 })
        entries.descend(binned, branch: shape.branch) { node, range, entries in
            counts[node] = range.count
            if shape.splits[node] == nil { means[node] = leafMeans(entries.entries[range]) }
        }
        func filled(_ node: Int) -> Int {
            var node = node
            while let branch = shape.branch(node) {
                if counts[branch.left] == 0 {
                    node = branch.right
                } else if counts[branch.right] == 0 {
                    node = branch.left
                } else {
                    break
                }
            }
            return node
        }
        var origins = [filled(0)]
        var list: [ForestTree.Node] = []
        while list.count < origins.count {
            let origin = origins[list.count]
            if let branch = shape.branch(origin) {
                list.append(.inner(split: branch.split, left: origins.count))
                origins += [filled(branch.left), filled(branch.right)]
            } else {
                list.append(.leaf(means[origin]))
            }
        }
        return try ForestTree(list)
    }

    private func leafMeans(_ entries: ArraySlice<UInt32>) -> ForestTree.LeafMeans {
        var sums = SIMD4<Double>.zero
        for entry in entries {
            let row = Int(entry >> 1)
            let (w, y) = (Double(treatment[row]), Double(outcome[row]))
            sums += SIMD4(w, y, w * y, w * w)
        }
        let count = Double(max(1, entries.count))
        return ForestTree.LeafMeans(
            treatment: Float(sums[0] / count), outcome: Float(sums[1] / count), product: Float(sums[2] / count),
            square: Float(sums[3] / count))
    }
}
