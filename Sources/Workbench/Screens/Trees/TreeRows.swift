import Effects
import Studies

/// The rows of the tree outline as it is folded.
enum TreeRows {
    struct Row {
        let node: TreeOutline
        let depth: Int
        /// Which children lead here: "", "0", "01" ...
        let path: String
        /// For each ancestor level whether more siblings follow, for the trunk lines.
        let isLast: [Bool]
        /// Conditions from the root, in words.
        let conditions: [String]
    }

    /// The node of the tree that a path of children leads to.
    static func node(_ path: String, of tree: CausalTree) -> Int {
        path.reduce(0) { node, child in tree.nodes[node].left + (child == "1" ? 1 : 0) }
    }

    static func visible(_ state: WorkbenchState) -> [Row] {
        guard let trees = state.facts.trees, trees.trees.indices.contains(state.trees.index) else { return [] }
        var rows: [Row] = []
        func add(_ node: TreeOutline, _ path: String, _ isLast: [Bool], _ conditions: [String]) {
            let own = path.isEmpty ? conditions : conditions + [node.rule]
            rows.append(Row(node: node, depth: path.count, path: path, isLast: isLast, conditions: own))
            guard !state.trees.collapsed.contains(path) else { return }
            for (index, child) in node.children.enumerated() {
                add(child, path + "\(index)", isLast + [index == node.children.count - 1], own)
            }
        }
        add(trees.outline(of: state.trees.index), "", [], [])
        guard state.filters[.trees] != nil else { return rows }
        // A row stays for its own conditions, or for a descendant's.
        let kept = rows.filter { state.passesFilter(of: .trees, $0.conditions.joined(separator: " ")) }.map(\.path)
        return rows.filter { row in kept.contains { $0.hasPrefix(row.path) } }
    }
}
