import Studies

/// Actions on the trees.
enum TreesReducer {
    static func apply(_ action: TreesAction, _ context: inout ScreenContext<TreesScreen>) {
        switch action {
        case .cycleArm(let step): cycle(&context, arm: step, outcome: 0)
        case .cycleOutcome(let step): cycle(&context, arm: 0, outcome: step)
        case .toggleNode:
            guard context.own.pane == .tree else { return }
            let rows = TreeRows.visible(context.state)
            let row = context.own.row
            guard rows.indices.contains(row), !rows[row].node.children.isEmpty else { return }
            let path = rows[row].path
            if context.own.collapsed.remove(path) == nil { context.own.collapsed.insert(path) }
        case .showCohortsOfNode: showCohorts(&context)
        case .searchSubgroups: searchSubgroups(&context)
        }
    }

    private static func cycle(_ context: inout ScreenContext<TreesScreen>, arm: Int, outcome: Int) {
        let facts = context.state.facts
        guard let trees = facts.trees, let description = facts.description, !trees.trees.isEmpty else { return }
        let outcomes = description.space.outcomeCount
        let arms = description.space.armCount - 1
        let i = (context.own.index / outcomes + arm + arms) % arms
        let j = (context.own.index % outcomes + outcome + outcomes) % outcomes
        context.own.index = i * outcomes + j
        context.own.row = 0
        context.own.collapsed = []
    }

    /// The cohorts below the focused node, on their own screen.
    private static func showCohorts(_ context: inout ScreenContext<TreesScreen>) {
        guard context.own.pane == .tree else {
            context.message = "cohorts are of trees: v goes back to the tree"
            return
        }
        let rows = TreeRows.visible(context.state)
        guard let trees = context.state.facts.trees, let space = context.state.facts.description?.space,
            rows.indices.contains(context.own.row)
        else {
            context.message = "trees are still being grown"
            return
        }
        let tree = trees.trees[context.own.index]
        let row = rows[context.own.row]
        let region =
            row.path.isEmpty
            ? nil
            : CohortsView.Region(
                tree: context.own.index, leaves: Set(tree.leaves(below: TreeRows.node(row.path, of: tree))),
                words: row.conditions.joined(separator: " and "))
        context.ask(
            CohortsScreen.self, for: .showRegion(region, column: .effect(arm: tree.arm, outcome: tree.outcome)))
        context.show(CohortsScreen.screen)
        context.message =
            row.path.isEmpty
            ? "all cohorts"
            : "the cohorts of a node of \(space.arms[tree.arm]) on \(space.outcomes[tree.outcome].name); c shows all"
    }

    /// The search that the focused arm and outcome need.
    private static func searchSubgroups(_ context: inout ScreenContext<TreesScreen>) {
        guard context.state.facts.workspace != nil, let trees = context.state.facts.trees,
            trees.trees.indices.contains(context.own.index)
        else {
            context.sayNotReady()
            return
        }
        let tree = trees.trees[context.own.index]
        context.own.pane = .subgroups
        context.message = "searching subgroups"
        context.ask(for: .operation(FindSubgroups(arm: tree.arm, outcome: tree.outcome)))
    }
}
