import Experiments

/// The tree that a list of paths spells out, with the position in the list of every node that is on it.
struct PathTree: Sendable {
    private var branches: [Branch?] = [nil]
    private var positions: [Int?] = [nil]

    /// - Parameter paths: different nodes of one tree.
    /// - Complexity: O(steps of all paths).
    init(_ paths: [NodePath]) {
        for (position, path) in paths.enumerated() {
            var node = 0
            for step in path.steps {
                let branch = branches[node] ?? divide(node, by: step.split)
                precondition(branch.split == step.split, "a node of one tree has one split")
                node = step.goesLeft ? branch.left : branch.right
            }
            precondition(positions[node] == nil, "a node is asked for once")
            positions[node] = position
        }
    }

    private mutating func divide(_ node: Int, by split: Split) -> Branch {
        let branch = Branch(split: split, left: branches.count)
        branches[node] = branch
        branches += [nil, nil]
        positions += [nil, nil]
        return branch
    }

    /// nil where no path goes on.
    func branch(_ node: Int) -> Branch? { branches[node] }

    /// The position of the node in the list of paths; nil for nodes between.
    func position(_ node: Int) -> Int? { positions[node] }
}

extension BinnedCovariates {
    /// For every unit which of the leaves of one tree it is in.
    /// - Complexity: O(units x depth).
    func leaves(_ paths: [NodePath]) -> [UInt16] {
        let tree = PathTree(paths)
        var result = [UInt16](repeating: 0, count: unitCount)
        var entries = ContrastEntries((0..<UInt32(unitCount)).map { $0 << 1 })
        entries.descend(self, branch: tree.branch) { node, range, entries in
            guard let leaf = tree.position(node) else { return }
            let own = UInt16(leaf)
            for entry in entries.entries[range] { result[Int(entry >> 1)] = own }
        }
        return result
    }
}
