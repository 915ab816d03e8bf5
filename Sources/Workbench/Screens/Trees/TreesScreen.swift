import Effects
import Experiments
import Policies
import Studies

extension Screen {
    package static let trees = Screen("trees")
}

/// All trees at a glance, one of them as an outline, and the focused node's effect on every outcome.
package enum TreesScreen: ScreenDefinition {
    package typealias State = TreesState
    package typealias OwnAction = TreesAction

    package static let screen = Screen.trees
    package static let number = 2
    package static let title = "Trees"
    package static let hint = "For whom does it work? Enter folds, h/l change the arm."

    package static let keys =
        contrastKeys + [
            Binding([.enter, .character(" ")], "fold", "fold or unfold the node", .trees(.toggleNode)),
            Binding([.character("c")], "cohorts", "show the node's cohorts", .trees(.showCohortsOfNode)),
            Binding(
                [.character("s")], "subgroups", "search the best and the worst subgroups", .trees(.searchSubgroups)),
            Binding([.character("v")], "view", "the tree or the subgroups", .cyclePane),
        ] + KeyTable.movement

    /// For screens that follow the focused arm and outcome.
    static let contrastKeys = [
        Binding([.character("l"), .right], "arm", "next arm", .trees(.cycleArm(1))),
        Binding([.character("h"), .left], "", "previous arm", .trees(.cycleArm(-1))),
        Binding([.character("o")], "outcome", "next outcome", .trees(.cycleOutcome(1))),
        Binding([.character("O")], "", "previous outcome", .trees(.cycleOutcome(-1))),
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int {
        state.trees.pane == .tree ? TreeRows.visible(state).count : SubgroupRows.found(state).count
    }

    package static func row(_ state: WorkbenchState) -> Int { state.trees.row }
    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) { context.own.row = row }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
        context.own.row = 0
    }

    package static func reduce(_ action: TreesAction, _ context: inout ScreenContext<Self>) {
        TreesReducer.apply(action, &context)
    }

    /// Opens on the tree that found most where the first found nothing.
    package static func adapt(_ own: inout TreesState, to facts: StudyFacts, from before: StudyFacts) {
        guard before.trees == nil, let trees = facts.trees, trees.trees.first?.leaves.count == 1 else { return }
        let counts = trees.trees.map(\.leaves.count)
        own.index = counts.firstIndex(of: counts.max() ?? 1) ?? 0
    }

    package static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work] {
        state.results[.subgroups] = opened.subgroups
        return []
    }

    package static func finding(_ state: WorkbenchState) -> String {
        guard let trees = state.facts.trees, let description = state.facts.description,
            trees.trees.indices.contains(state.trees.index)
        else { return "trees are being grown" }
        guard state.trees.pane == .tree else { return SubgroupRows.finding(state) }
        let tree = trees.trees[state.trees.index]
        let what = "\(description.space.arms[tree.arm]) on \(description.space.outcomes[tree.outcome].name)"
        let leaves = tree.leaves
        let worse = worseThanConstant(state, description, tree).map { "; " + $0 } ?? ""
        guard leaves.count > 1 else { return "no difference between units was found for \(what)" + worse }
        let apart = leaves.filter(\.estimate.excludesZero).count
        return "\(what): \(leaves.count) leaves, \(apart) with an interval that excludes 0" + worse
    }

    /// Whether the study's own learner, or the tree as one, was judged worse than a constant for the tree's arm and outcome.
    private static func worseThanConstant(
        _ state: WorkbenchState, _ description: StudyDescription, _ tree: CausalTree
    ) -> String? {
        guard let report = state.results[.modelReport] else { return nil }
        let (arm, outcome) = (description.space.arms[tree.arm], description.space.outcomes[tree.outcome].name)
        return report.judgements.first {
            [description.spec.effects.learner.name, LearnerSpec.tree.name].contains($0.learner) && $0.arm == arm
                && $0.outcome == outcome && $0.isWorseThanConstant
        }.map { "\($0.learner) is worse than a constant" }
    }
}
