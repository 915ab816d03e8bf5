import Effects
import Experiments

/// Keeps the crossing of trees readable: of all splits whose children are leaves those are taken back whose children differ least by
/// their errors, one after another, until there are few enough cells.
package struct CohortCap: Sendable {
    private let most: Int

    package init(most: Int) { self.most = most }

    /// - Parameters:
    ///   - tuples: the leaf of every tree, of each cell that has units.
    ///   - beside: what else tells the cells apart, of each.
    /// - Returns: the trees pruned.
    /// - Complexity: O(cells x trees x log splits).
    package func prune(_ trees: [CausalTree], tuples: [[UInt16]], beside: [UInt16]) -> [CausalTree] {
        kept(trees, tuples, beside).map(\.tree)
    }

    /// - Parameter tuples: the leaf of every tree, of each cell that has units.
    /// - Returns: the trees pruned, and each cell's leaf of every one of them.
    /// - Complexity: O(cells x trees x log splits).
    package func group(_ trees: [CausalTree], tuples: [[UInt16]]) -> (trees: [CausalTree], tuples: [[UInt16]]) {
        let kept = kept(trees, tuples, [UInt16](repeating: 0, count: tuples.count))
        return (kept.map(\.tree), tuples.map { tuple in zip(tuple, kept).map { $1.leafOf[Int($0)] } })
    }

    private func kept(_ trees: [CausalTree], _ tuples: [[UInt16]], _ beside: [UInt16]) -> [Pruned] {
        // How many splits have to go is found by halving: each one more merges cells and never parts any.
        let order = Self.order(trees)
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.count(Self.pruned(trees, order.prefix(middle)), tuples, beside) <= most {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return Self.pruned(trees, order.prefix(high))
    }

    private struct Pruned {
        let tree: CausalTree
        /// The new leaf of every old one.
        let leafOf: [UInt16]
    }

    /// Nodes by the order in which they stop splitting, as (tree, node).
    private static func order(_ trees: [CausalTree]) -> [(tree: Int, node: Int)] {
        var pending: [(tree: Int, node: Int, apart: Double)] = []
        for (index, tree) in trees.enumerated() {
            // A node's turn comes after all below it, however little they tell.
            var apart = [Double](repeating: 0, count: tree.nodes.count)
            for node in tree.nodes.indices.reversed() where tree.nodes[node].split != nil {
                let left = tree.nodes[node].left
                let (a, b) = (tree.nodes[left].estimate, tree.nodes[left + 1].estimate)
                let variance = a.standardError * a.standardError + b.standardError * b.standardError
                let own = variance > 0 ? (a.effect - b.effect) * (a.effect - b.effect) / variance : 0
                apart[node] = max(own, max(apart[left], apart[left + 1]))
                pending.append((index, node, apart[node]))
            }
        }
        return pending.sorted { ($0.apart, $0.tree, $1.node) < ($1.apart, $1.tree, $0.node) }.map { ($0.tree, $0.node) }
    }

    private static func pruned(_ trees: [CausalTree], _ stopped: ArraySlice<(tree: Int, node: Int)>) -> [Pruned] {
        trees.enumerated().map { index, tree in
            let stops = Set(stopped.filter { $0.tree == index }.map(\.node))
            return pruned(tree, stops)
        }
    }

    private static func pruned(_ tree: CausalTree, _ stops: Set<Int>) -> Pruned {
        var nodes: [CausalTree.Node] = []
        var leafOf = [UInt16](repeating: 0, count: tree.leaves.count)
        var leaves = 0
        var origins = [0]
        var next = 0
        nodes.append(tree.nodes[0])
        while next < nodes.count {
            let origin = origins[next]
            let own = tree.nodes[origin]
            if own.split != nil, !stops.contains(origin) {
                nodes[next] = own.with(split: own.split, left: nodes.count, leaf: -1)
                nodes += [tree.nodes[own.left], tree.nodes[own.left + 1]]
                origins += [own.left, own.left + 1]
            } else {
                nodes[next] = own.with(split: nil, left: -1, leaf: 0)
            }
            next += 1
        }
        // Leaves are counted from left to right.
        func visit(_ node: Int) {
            guard nodes[node].split == nil else {
                visit(nodes[node].left)
                visit(nodes[node].left + 1)
                return
            }
            for old in tree.leaves(below: origins[node]) { leafOf[old] = UInt16(leaves) }
            nodes[node] = nodes[node].with(split: nil, left: -1, leaf: leaves)
            leaves += 1
        }
        visit(0)
        return Pruned(
            tree: CausalTree(arm: tree.arm, outcome: tree.outcome, addedCost: tree.addedCost, nodes: nodes),
            leafOf: leafOf)
    }

    private static func count(_ trees: [Pruned], _ tuples: [[UInt16]], _ beside: [UInt16]) -> Int {
        var seen: Set<[UInt16]> = []
        for (tuple, other) in zip(tuples, beside) {
            seen.insert(zip(tuple, trees).map { $1.leafOf[Int($0)] } + [other])
        }
        return seen.count
    }
}

extension CausalTree.Node {
    fileprivate func with(split: Split?, left: Int, leaf: Int) -> CausalTree.Node {
        CausalTree.Node(
            split: split, left: left, units: units, growingUnits: growingUnits, estimatingUnits: estimatingUnits,
            estimate: estimate, leaf: leaf)
    }
}
