import Experiments
import Frames
import Runtime
import Texts

extension Screen {
    package static let setup = Screen("setup")
}

/// A spec in the making: what each column of a data file is. Columns and their parts on the left, the focused column on the
/// right.
package enum SetupScreen: ScreenDefinition {
    package typealias State = SetupState
    package typealias OwnAction = SetupAction

    package static let screen = Screen.setup
    package static let number = 0
    package static let title = "Set up"
    package static let hint = "What is each column? Space changes its part, w writes the spec."
    package static let needsStudy = false
    package static let keys = SetupKeys.own
    package static let sharedKeys = SetupKeys.shared
    package static let filterQuestion = "only columns with:"

    package static let derivations: [Derivation] = [
        Derivation(withoutStudy: .draftChecks) { state in
            state.setup.editing.flatMap { $0.draft.problem == nil && !$0.isOfSample ? CheckDraft($0) : nil }
        },
        Derivation(withoutStudy: .wholeProposal) { state in
            state.setup.editing.flatMap { $0.isOfSample ? ProposeWhole(dataPath: $0.draft.dataPath) : nil }
        },
    ]

    /// The columns that pass the filter.
    static func columns(_ state: WorkbenchState) -> [SpecDraft.Column] {
        (state.setup.editing?.order ?? []).filter { state.passesFilter(of: screen, $0.name) }
    }

    /// A spec that could not be read can be read again, and nothing else.
    package static func isHinted(_ binding: Binding, _ state: WorkbenchState) -> Bool {
        (binding.action == .setup(.readAgain)) == (state.setup.broken != nil)
    }

    package static func rowCount(_ state: WorkbenchState) -> Int { columns(state).count }

    package static func row(_ state: WorkbenchState) -> Int {
        columns(state).firstIndex { $0.name == state.setup.editing?.focused } ?? 0
    }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        let columns = columns(context.state)
        context.message = ""
        guard columns.indices.contains(row) else { return }
        context.own.editing?.focused = columns[row].name
    }

    package static func reduce(_ action: SetupAction, _ context: inout ScreenContext<Self>) {
        SetupReducer.apply(action, &context)
    }

    package static func rewind(by steps: Int, _ context: inout ScreenContext<Self>) -> [String]? {
        SetupReducer.rewind(by: steps, &context)
    }

    package static func saved(_ state: WorkbenchState) -> SetupState { SetupState() }

    package static func finding(_ state: WorkbenchState) -> String {
        if state.setup.broken != nil { return "mend the spec in an editor, then r reads it again" }
        guard let draft = state.setup.editing?.draft else { return "" }
        if state.setup.editing?.isOfSample == true {
            return
                "guessed from the first \(NumberText.grouped(draft.rowCount)) rows; the whole file is being read"
        }
        if let problem = draft.problem { return "this is no spec yet: \(problem)" }
        let checks = state.results[.draftChecks]
        if let failure = checks.failure { return failure }
        if draft.controlIsAGuess {
            return "\(draft.arms[0].name) as control is a guess, and every sign hangs on it; c takes the next arm"
        }
        let worst = checks.health?.findings.filter { $0.severity > .note }.max { $0.severity < $1.severity }
        if let worst { return worst.sentence + (worst.remedy.map { "; \($0)" } ?? "") }
        return "every guess is worth a look; w writes the spec and opens the workbench"
    }
}

extension StudyWorker {
    /// For a data file without a spec beside it.
    /// - Parameters:
    ///   - isOfSample: whether the draft rests on the first rows alone: the whole file is read then while it is looked at.
    ///   - folder: where the draft's data file is looked for, and the spec's own.
    ///   - path: where the spec is written unless told otherwise.
    package convenience init(
        settingUp draft: SpecDraft, isOfSample: Bool = false, folder: String, path: String, workers: Workers
    ) {
        self.init(workers: workers) { state in
            state.setup.editing = SpecEditing(
                draft: draft, isOfSample: isOfSample, specPath: path, folder: folder)
            state.screen = .setup
        }
    }
}
