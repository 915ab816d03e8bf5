import Policies
import Studies

/// How the analyst looks at a study, as the study file keeps it. Decisions and the steps of undo are kept beside it.
struct SavedView: Sendable, Equatable, Codable {
    /// What was fitted when the analyst was there.
    let inputs: String
    let estimator: Estimator
    let screen: Screen
    let focusedKnob: Int
    let focusedCandidate: Int?
    let horizontalOutcome: Int
    let verticalOutcome: Int
    let treeIndex: Int
    let treeRow: Int
    let collapsed: [String]
    let cohortRow: Int
    let cohortsView: CohortsView
    let experimentPane: ExperimentPane
    let policyPane: PolicyPane
    /// nil in places kept before there was a choice.
    let treesPane: TreesPane?
    let modelsPane: ModelsPane?
    let frontPane: FrontPane?
    let showsWeightsOnly: Bool?
    let frontView: FrontView
    let findingRow: Int
    let filters: [Screen: String]

    init(_ state: WorkbenchState) {
        inputs = state.inputs
        estimator = state.estimator
        screen = state.screen
        focusedKnob = state.focusedKnob
        focusedCandidate = state.focusedCandidate
        horizontalOutcome = state.horizontalOutcome
        verticalOutcome = state.verticalOutcome
        treeIndex = state.treeIndex
        treeRow = state.treeRow
        collapsed = state.collapsed.sorted()
        // The cells of a drill-down are read anew when asked for; rows and marks of cells would mean cohorts instead.
        cohortRow = state.drillDown == nil ? state.cohortRow : 0
        var cohortsView = state.cohortsView
        if state.drillDown != nil { cohortsView.marked = [] }
        self.cohortsView = cohortsView
        experimentPane = state.experimentPane
        policyPane = state.policyPane
        treesPane = state.treesPane
        modelsPane = state.modelsPane
        frontPane = state.frontPane
        showsWeightsOnly = state.showsWeightsOnly
        frontView = state.frontView
        findingRow = state.findingRow
        filters = state.filters
    }

    /// Whether it belongs to a space of this size; that of a study that was fitted otherwise does not.
    func fits(_ space: PolicySpace) -> Bool { max(horizontalOutcome, verticalOutcome) < space.outcomeCount }

    func restoreView(in state: inout WorkbenchState) {
        state.screen = screen
        state.focusedKnob = focusedKnob
        state.focusedCandidate = focusedCandidate
        state.horizontalOutcome = horizontalOutcome
        state.verticalOutcome = verticalOutcome
        state.treeIndex = treeIndex
        state.treeRow = treeRow
        state.collapsed = Set(collapsed)
        state.cohortRow = cohortRow
        state.cohortsView = cohortsView
        state.experimentPane = experimentPane
        state.policyPane = policyPane
        state.treesPane = treesPane ?? .tree
        state.modelsPane = modelsPane ?? .curve
        state.frontPane = frontPane ?? .estimates
        state.showsWeightsOnly = showsWeightsOnly ?? true
        state.frontView = frontView
        state.findingRow = findingRow
        state.filters = filters
    }
}
