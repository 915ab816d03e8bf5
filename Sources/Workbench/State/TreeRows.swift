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

    static func visible(_ state: WorkbenchState) -> [Row] {
        guard let trees = state.trees, trees.trees.indices.contains(state.treeIndex) else { return [] }
        var rows: [Row] = []
        func add(_ node: TreeOutline, _ path: String, _ isLast: [Bool], _ conditions: [String]) {
            let own = path.isEmpty ? conditions : conditions + [node.rule]
            rows.append(Row(node: node, depth: path.count, path: path, isLast: isLast, conditions: own))
            guard !state.collapsed.contains(path) else { return }
            for (index, child) in node.children.enumerated() {
                add(child, path + "\(index)", isLast + [index == node.children.count - 1], own)
            }
        }
        add(trees.outline(of: state.treeIndex), "", [], [])
        guard state.filters[.trees] != nil else { return rows }
        // A row stays for its own conditions, or for a descendant's.
        let kept = rows.filter { state.passesFilter(of: .trees, $0.conditions.joined(separator: " ")) }.map(\.path)
        return rows.filter { row in kept.contains { $0.hasPrefix(row.path) } }
    }
}

/// The rows of the cohort table as sorted and filtered.
enum CohortRows {
    /// Units, then one column per arm and outcome.
    static func columnCount(_ state: WorkbenchState) -> Int {
        guard let description = state.description, state.trees != nil else { return 0 }
        return 1 + (description.space.armCount - 1) * description.space.outcomeCount
    }

    static func rows(_ state: WorkbenchState) -> [Int] {
        guard let trees = state.trees, let description = state.description else { return [] }
        let cohorts = trees.cohorts
        let kept = cohorts.rows.indices.filter { state.passesFilter(of: .cohorts, cohorts.rows[$0].rule) }
        guard state.cohortSort > 0 else { return kept }
        let outcomes = description.space.outcomeCount
        let arm = (state.cohortSort - 1) / outcomes + 1
        let outcome = (state.cohortSort - 1) % outcomes
        func effect(_ row: Int) -> Double { cohorts.effect(cohort: row, arm: arm, outcome: outcome).effect }
        return kept.sorted { (effect($0), -$0) > (effect($1), -$1) }
    }
}
