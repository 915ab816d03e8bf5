import CKernels

/// Scores rows by boosted trees, some rows at a time by all trees, so that the rows' features stay in the nearest cache; a hot
/// loop, hence the raw pointers.
struct TreeScoring {
    private let trees: [BoostedTree]
    /// The nodes of each tree for the kernel; empty where the tree is too large or splits levels, and is walked down instead.
    private let nodes: [[espalier_tree_node]]
    private let width: Int

    private static let blockRows = Int(ESPALIER_TREE_ROWS)
    /// Looking at more nodes than this costs more than walking down.
    private static let mostNodes = 63
    /// Fewer rows than this are not worth a block.
    private static let fewestRows = 16

    init(_ trees: [BoostedTree], width: Int) {
        self.trees = trees
        self.width = width
        nodes = trees.map { tree in
            tree.withNodes { nodes, sets in
                guard sets.isEmpty, nodes.count <= Self.mostNodes else { return [] }
                return nodes.map { node in
                    espalier_tree_node(
                        feature: node.feature, threshold: node.threshold, missing_left: node.missingLeft ? 1 : 0,
                        left: node.left, right: node.right)
                }
            }
        }
    }

    /// Writes base + the leaf of every tree, added in their order.
    /// - Parameter features: row-major, `rows` x width.
    func score(_ features: [Float], into result: UnsafeMutableBufferPointer<Float>, rows: Int, base: Float) {
        let size = Self.blockRows
        withUnsafeTemporaryAllocation(of: Float.self, capacity: (width + Self.mostNodes + 1) * size) { room in
            room.initialize(repeating: 0)
            guard let block = room.baseAddress else { return }
            let sums = block + width * size
            let scratch = sums + size
            features.withUnsafeBufferPointer { features in
                for start in stride(from: 0, to: rows, by: size) {
                    let count = min(size, rows - start)
                    for row in 0..<count {
                        let own = (start + row) * width
                        for feature in 0..<width { block[feature * size + row] = features[own + feature] }
                        sums[row] = base
                    }
                    for (tree, nodes) in zip(trees, nodes) {
                        if nodes.isEmpty || count < Self.fewestRows {
                            walk(tree, block, count: count, sums)
                        } else {
                            espalier_tree_scores(nodes, nodes.count, block, scratch, sums)
                        }
                    }
                    for row in 0..<count { result[start + row] = sums[row] }
                }
            }
        }
    }

    private func walk(
        _ tree: BoostedTree, _ block: UnsafePointer<Float>, count: Int, _ sums: UnsafeMutablePointer<Float>
    ) {
        tree.withNodes { nodes, levels in
            for row in 0..<count {
                var node = 0
                while nodes[node].feature >= 0 {
                    let value = block[Int(nodes[node].feature) * Self.blockRows + row]
                    let left =
                        value.isNaN
                        ? nodes[node].missingLeft
                        : nodes[node].levels < 0
                            ? value < nodes[node].threshold
                            : !levels[Int(nodes[node].levels)].contains(value)
                    node = Int(left ? nodes[node].left : nodes[node].right)
                }
                sums[row] += nodes[node].threshold
            }
        }
    }
}
