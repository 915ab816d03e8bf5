import Policies
import Studies

/// Actions that change what is looked at, not what was decided.
enum NavigationReducer {
    static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        switch action {
        case .move(let rows): return move(rows, &state)
        case .focus(let row): return move(row - currentRow(state), &state)
        case .jump(let toEnd): return move(toEnd ? 1_000_000 : -1_000_000, &state)
        case .cycleAxis(let vertical):
            guard let space = state.space else { return Reducer.notReady(&state) }
            if vertical {
                state.verticalOutcome = (state.verticalOutcome + 1) % space.outcomeCount
            } else {
                state.horizontalOutcome = (state.horizontalOutcome + 1) % space.outcomeCount
            }
        case .cycleArm(let step): cycleTree(&state, arm: step, outcome: 0)
        case .cycleOutcome(let step): cycleTree(&state, arm: 0, outcome: step)
        case .toggleNode:
            guard state.treesPane == .tree else { return [] }
            let rows = TreeRows.visible(state)
            guard rows.indices.contains(state.treeRow), !rows[state.treeRow].node.children.isEmpty else { return [] }
            let path = rows[state.treeRow].path
            if state.collapsed.remove(path) == nil { state.collapsed.insert(path) }
        case .showCohortsOfNode: showCohorts(&state)
        case .cyclePane: cyclePane(&state)
        case .sort: CohortsReducer.sort(&state)
        case .filter(let text):
            return filter(text, &state)
        case .focusBestInLimits: focusBest(&state)
        default: break
        }
        return []
    }

    private static func clamped(_ row: Int, _ rows: Int, count: Int) -> Int {
        max(0, min(row + rows, count - 1))
    }

    private static func move(_ rows: Int, _ state: inout WorkbenchState) -> [Work] {
        switch state.screen {
        case .experiment:
            state.findingRow = clamped(state.findingRow, rows, count: ExperimentRows.count(state))
        case .trees:
            let count =
                state.treesPane == .tree ? TreeRows.visible(state).count : SubgroupRows.found(state).count
            state.treeRow = clamped(state.treeRow, rows, count: count)
        case .cohorts: state.cohortRow = clamped(state.cohortRow, rows, count: CohortRows.rows(state).count)
        case .policy:
            state.focusedKnob = clamped(state.focusedKnob, rows, count: state.knobs.count)
            state.message = ""
            return KnobsReducer.refocus(&state)
        case .front:
            let listed = state.listedCandidates
            guard !listed.isEmpty else { return [] }
            state.focusedCandidate = listed[clamped(currentRow(state), rows, count: listed.count)].id
            state.message = ""
        case .models:
            guard let report = state.modelReport else { return [] }
            state.modelRow = clamped(currentRow(state), rows, count: report.learners.count)
        }
        return []
    }

    /// Where the cursor is in the present screen's list.
    private static func currentRow(_ state: WorkbenchState) -> Int {
        switch state.screen {
        case .experiment: state.findingRow
        case .trees: state.treeRow
        case .cohorts: state.cohortRow
        case .policy: state.focusedKnob
        case .front: state.listedCandidates.firstIndex { $0.id == state.focused?.id } ?? 0
        case .models: state.modelReport.map { ModelRows.learner(state, $0) } ?? 0
        }
    }

    /// Filters the screen's list; on Policy, where every knob counts, goes to the first whose name fits.
    private static func filter(_ text: String, _ state: inout WorkbenchState) -> [Work] {
        guard state.screen == .policy else {
            state.filter = state.screen == .models ? "" : text
            switch state.screen {
            case .experiment:
                state.findingRow = 0
                let count = ExperimentRows.count(state)
                state.message = text.isEmpty ? "" : "\(count) \(count == 1 ? "row has" : "rows have") these words"
            case .trees: state.treeRow = 0
            case .cohorts: state.cohortRow = 0
            case .models: state.message = "the list of learners is too short to filter"
            case .policy, .front: break
            }
            return []
        }
        guard let space = state.space, !text.isEmpty else { return [] }
        let words = text.lowercased().split(separator: " ")
        let found = state.knobs.firstIndex { knob in
            let name = Wording.knob(knob, space).lowercased()
            return words.allSatisfy { name.contains($0) }
        }
        guard let found else {
            state.message = "no knob is called \"\(text)\""
            return []
        }
        state.message = ""
        state.focusedKnob = found
        return KnobsReducer.refocus(&state)
    }

    private static func cycleTree(_ state: inout WorkbenchState, arm: Int, outcome: Int) {
        guard let trees = state.trees, let description = state.description, !trees.trees.isEmpty else { return }
        let outcomes = description.space.outcomeCount
        let arms = description.space.armCount - 1
        let i = (state.treeIndex / outcomes + arm + arms) % arms
        let j = (state.treeIndex % outcomes + outcome + outcomes) % outcomes
        state.treeIndex = i * outcomes + j
        state.treeRow = 0
        state.collapsed = []
    }

    /// The cohorts below the focused node, on their own screen.
    private static func showCohorts(_ state: inout WorkbenchState) {
        guard state.treesPane == .tree else {
            state.message = "cohorts are of trees: v goes back to the tree"
            return
        }
        let rows = TreeRows.visible(state)
        guard let trees = state.trees, let space = state.description?.space, rows.indices.contains(state.treeRow) else {
            state.message = "trees are still being grown"
            return
        }
        let tree = trees.trees[state.treeIndex]
        let row = rows[state.treeRow]
        state.drillDown = nil
        state.filters[.cohorts] = nil
        state.cohortRow = 0
        state.cohortsView.region =
            row.path.isEmpty
            ? nil
            : CohortsView.Region(
                tree: state.treeIndex, leaves: Set(tree.leaves(below: TreeRows.node(row.path, of: tree))),
                words: row.conditions.joined(separator: " and "))
        state.cohortsView.column = .effect(arm: tree.arm, outcome: tree.outcome)
        state.cohortsView.hidden.remove(state.cohortsView.column)
        state.screen = .cohorts
        state.message =
            row.path.isEmpty
            ? "all cohorts"
            : "the cohorts of a node of \(space.arms[tree.arm]) on \(space.outcomes[tree.outcome].name); c shows all"
    }

    private static func cyclePane(_ state: inout WorkbenchState) {
        func next<Pane: CaseIterable & Equatable>(_ pane: Pane) -> Pane {
            let all = Array(Pane.allCases)
            return all[((all.firstIndex(of: pane) ?? 0) + 1) % all.count]
        }
        switch state.screen {
        case .experiment:
            state.filter = ""
            state.experimentPane = next(state.experimentPane)
            state.findingRow = 0
        case .trees:
            state.treesPane = next(state.treesPane)
            state.treeRow = 0
        case .models: state.modelsPane = next(state.modelsPane)
        case .front: state.frontPane = next(state.frontPane)
        case .cohorts, .policy: state.policyPane = next(state.policyPane)
        }
        state.message = ""
    }

    private static func focusBest(_ state: inout WorkbenchState) {
        let inside = state.visibleCandidates.filter { ($0.tune?.limits ?? .inside) == .inside }
        let best = inside.max { state.orientedDifference($0, 0) < state.orientedDifference($1, 0) }
        guard let best else {
            state.message = "no candidate keeps every limit: f on the policy screen looks for one"
            return
        }
        state.focusedCandidate = best.id
        state.message = "\(best.name) is the best candidate inside the limits"
    }
}
