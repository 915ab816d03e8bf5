import Effects
import Policies

extension Screen {
    package static let experiment = Screen("experiment")
}

/// Is this experiment healthy, and what did every arm do on average?
package enum ExperimentScreen: ScreenDefinition {
    package typealias State = ExperimentState
    package typealias OwnAction = NoAction

    package static let screen = Screen.experiment
    package static let number = 1
    package static let title = "Experiment"
    package static let shortTitle = "Exper"
    package static var hint: String {
        let last = Screen.allCases.map(\.number).max() ?? 1
        return "Is the experiment healthy? 1-\(last) change screens, ? shows keys."
    }

    package static let keys =
        [Binding([.character("v")], "effects/balance/checks", "the cursor to the next pane", .cyclePane)]
        + KeyTable.movement

    package static func rowCount(_ state: WorkbenchState) -> Int { ExperimentRows.count(state) }
    package static func row(_ state: WorkbenchState) -> Int { state.experiment.row }
    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) { context.own.row = row }

    /// The words of a filter are meant for one list.
    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.filter = ""
        context.own.pane = context.own.pane.next
        context.own.row = 0
    }

    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) {
        context.filter = text
        context.own.row = 0
        let count = ExperimentRows.count(context.state)
        context.message = text.isEmpty ? "" : "\(count) \(count == 1 ? "row has" : "rows have") these words"
    }

    package static func clipping(_ state: WorkbenchState) -> String? { focusedEffect(state) }

    package static func finding(_ state: WorkbenchState) -> String {
        guard let description = state.facts.description, let health = state.facts.health else {
            return "reading the experiment"
        }
        if let blocking = health.findings.first(where: { $0.severity == .blocking }) { return blocking.sentence }
        let space = description.space
        let best = space.bestTreatment(on: 0)
        let contrast = ContrastIndex(arm: best, outcome: 0)
        let average = description.averageEffects[contrast.position(outcomeCount: space.outcomeCount)]
        let name = space.outcomes[0].name
        guard space.orientedEffect(best, 0) > 0, average.difference.excludesZero else {
            return "no single arm is sure to improve \(name)"
        }
        let verdicts = space.outcomes.indices.map { j in
            let position = ContrastIndex(arm: best, outcome: j).position(outcomeCount: space.outcomeCount)
            return space.outcomes[j].limit?.verdict(of: description.averageEffects[position])
        }
        func names(_ verdict: LimitVerdict) -> String {
            verdicts.indices.filter { verdicts[$0] == verdict }.map { space.outcomes[$0].name }.joined(
                separator: " and ")
        }
        let arm = space.arms[best]
        switch LimitVerdict.worst(of: verdicts) {
        case nil: return "\(arm) is the best single arm for \(name)"
        case .inside: return "\(arm) is the best single arm for \(name) and keeps the limits"
        case .uncertain:
            return
                "\(arm) is the best single arm for \(name); the limit on \(names(.uncertain)) holds by the estimate only"
        case .outside: return "\(arm) wins alone on \(name) but breaks the limit on \(names(.outside))"
        }
    }
}
