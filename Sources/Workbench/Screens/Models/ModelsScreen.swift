import Effects
import Experiments
import Studies

extension Screen {
    package static let models = Screen("models")
}

/// Learners judged on units they never saw: which predicts effects best for the focused arm and outcome, and whether there
/// is anything to predict.
package enum ModelsScreen: ScreenDefinition {
    package typealias State = ModelsState
    package typealias OwnAction = ModelsAction

    package static let screen = Screen.models
    package static let needsUnits = true
    package static let number = 6
    package static let title = "Models"
    package static let hint = "Do effects differ between units? r judges the learners."

    package static let keys =
        [
            Binding([.character("r")], "judge", "judge the usual learners", .models(.judge(all: false))),
            Binding([.character("R")], "judge all", "judge every learner", .models(.judge(all: true))),
            Binding([.character("v")], "view", "curve, projection, intervals or settings below", .cyclePane),
            Binding([.character("F")], "fit", "fit with the learner at the cursor, beside", .prompt(.learnerFit)),
            Binding([.character("t")], "tune", "search settings of the study's learner", .models(.searchSettings)),
        ] + TreesScreen.contrastKeys + KeyTable.movement

    package static func rowCount(_ state: WorkbenchState) -> Int {
        state.results[.modelReport]?.learners.count ?? 0
    }

    package static func row(_ state: WorkbenchState) -> Int {
        state.results[.modelReport].map { ModelRows.learner(state, $0) } ?? 0
    }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        guard context.state.results[.modelReport] != nil else { return }
        context.own.row = row
    }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
    }

    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) {
        context.message = "the list of learners is too short to filter"
    }

    package static func reduce(_ action: ModelsAction, _ context: inout ScreenContext<Self>) {
        guard context.state.facts.workspace != nil else {
            context.sayNotReady()
            return
        }
        switch action {
        case .judge(let all):
            context.message = "judging the learners"
            context.ask(for: .operation(all ? ValidateLearners.all : .usual))
        case .searchSettings:
            context.message = "trying settings of the learner"
            let seed = (context.state.results[.hyperparameters]?.seed ?? 0) + 1
            context.ask(for: .operation(SearchHyperparameters(seed: seed)))
        case .fit(let name, let path):
            guard let learner = LearnerSpec.fitted.first(where: { $0.name == name }) else {
                context.message = "\(name) is not fitted from here: write it under effects in the spec, and fit that"
                return
            }
            context.message = "fitting with \(name)"
            context.ask(for: .query(FitLearner(learner, to: path, context.state.services)))
        }
    }

    package static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work] {
        state.results[.hyperparameters] = opened.hyperparameters
        guard let report = opened.modelReport else { return [] }
        return ModelReports.take(report, setsStart: !opened.resumed.wasShown, in: &state)
    }

    package static func finding(_ state: WorkbenchState) -> String { ModelRows.finding(state) }
}
