import Experiments

/// A tree as grown, before pruning and honest estimation: splits, and the growing half's sums and criterion per node.
struct GrownTree<Sums: Sendable>: Sendable {
    struct Node: Sendable {
        let depth: Int
        let sums: Sums
        /// The criterion's value of the node as a leaf.
        let value: Double
        var split: Split?
        /// Index of the left child, the right one follows it; -1 in a leaf.
        var left = -1

        var isLeaf: Bool { split == nil }
    }

    /// Parents before children, the root first.
    var nodes: [Node]

    func branch(_ node: Int) -> Branch? {
        nodes[node].split.map { Branch(split: $0, left: nodes[node].left) }
    }

    /// The path of every node.
    func paths() -> [NodePath] {
        var paths = [NodePath](repeating: .root, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            guard let split = node.split else { continue }
            paths[node.left] = paths[index].child(of: split, goesLeft: true)
            paths[node.left + 1] = paths[index].child(of: split, goesLeft: false)
        }
        return paths
    }

    /// The same tree with other sums of its nodes.
    func map<Other>(_ transform: (Sums) -> Other) -> GrownTree<Other> {
        GrownTree<Other>(
            nodes: nodes.map {
                GrownTree<Other>.Node(
                    depth: $0.depth, sums: transform($0.sums), value: $0.value, split: $0.split, left: $0.left)
            })
    }
}
