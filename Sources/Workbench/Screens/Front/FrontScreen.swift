import Policies
import Studies

extension Screen {
    package static let front = Screen("front")
}

/// The attained trade-offs and the candidates on them (DESIGN section 5, second frame).
package enum FrontScreen: ScreenDefinition {
    package typealias State = FrontState
    package typealias OwnAction = FrontAction

    package static let screen = Screen.front
    package static let number = 5
    package static let title = "Front"
    package static let hint = "s searches the trade-offs, Space picks, e exports the policy."
    package static let keys = FrontKeys.all

    package static let derivations: [Derivation] = [
        Derivation(.arms) { _ in EvaluateArms() },
        Derivation(.feasibility) { state in
            guard state.screen == screen, state.space?.outcomes.contains(where: { $0.threshold != nil }) == true else {
                return nil
            }
            let missing = state.visibleCandidates.filter { state.results[.feasibility][$0.id] == nil }
            return missing.isEmpty ? nil : EstimateFeasibility(of: missing.sorted { $0.id < $1.id })
        },
        Derivation(.candidateReports) { state in
            guard state.screen == screen, state.front.pane.isComputed, let candidate = state.focused else { return nil }
            let query = ReportCandidate(candidate: candidate, pane: state.front.pane)
            return state.results[.candidateReports].found[query.inputs] == nil ? query : nil
        },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int { state.listedCandidates.count }

    package static func row(_ state: WorkbenchState) -> Int {
        state.listedCandidates.firstIndex { $0.id == state.focused?.id } ?? 0
    }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        let listed = context.state.listedCandidates
        guard listed.indices.contains(row) else { return }
        context.own.focusedCandidate = listed[row].id
        context.message = ""
    }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
    }

    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) { context.filter = text }

    package static func reduce(_ action: FrontAction, _ context: inout ScreenContext<Self>) {
        guard context.state.space != nil else {
            context.sayNotReady()
            return
        }
        switch action {
        case .togglePick, .choosePicks, .pickBest, .focusBestInLimits, .tune, .hideCandidate:
            CandidatesReducer.apply(action, &context)
        case .search, .searchInside, .setReference: FrontReducer.apply(action, &context)
        case .cycleAxis, .zoom, .pan, .fit, .cycleWhiskers, .toggleWeightsOnly, .step, .anchor:
            FrontPlotReducer.apply(action, &context)
        }
    }

    package static func adapt(_ own: inout FrontState, to facts: StudyFacts, from before: StudyFacts) {
        guard before.workspace == nil, let space = facts.workspace?.space else { return }
        own.horizontalOutcome = min(1, space.outcomeCount - 1)
    }

    package static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work] {
        [.query(ReportPicks())]
    }

    package static func candidate(_ state: WorkbenchState) -> Candidate? { state.focused }

    package static func fits(_ saved: FrontState, _ space: PolicySpace) -> Bool {
        let outcomes = 0..<space.outcomeCount
        return outcomes.contains(saved.horizontalOutcome) && outcomes.contains(saved.verticalOutcome)
    }

    package static func finding(_ state: WorkbenchState) -> String {
        guard state.facts.workspace != nil else { return "effects are being estimated" }
        let visible = state.visibleCandidates
        guard !visible.isEmpty else { return "no candidates yet: s searches the front" }
        guard state.space?.hasLimits == true else {
            return "\(visible.count) candidates; Space picks one, v looks closer at it"
        }
        let inside = visible.filter { $0.tune?.limits == .inside }.count
        return "\(visible.count) candidates, \(inside) inside every limit by their intervals"
    }
}
