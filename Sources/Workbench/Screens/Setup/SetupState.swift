import Experiments

/// Where the analyst looks on the set-up screen: a spec in the making. It is over before there is a study to keep it in.
package struct SetupState: UnsavedState {
    /// nil once there is a study.
    package var editing: SpecEditing?
    /// A spec that is shown because it cannot be read.
    package var broken: BrokenSpec?
    /// Where the spec was written, or can be read again; nil until it is.
    package var written: String?

    package init() {}
}

extension WorkbenchState {
    package var setup: SetupState {
        get { self[SetupScreen.self] }
        set { self[SetupScreen.self] = newValue }
    }
}

/// A spec in the making, and the steps that led to it.
package struct SpecEditing: Sendable, Equatable {
    package struct Step: Sendable, Equatable {
        let name: String
        let draft: SpecDraft
    }

    package var draft: SpecDraft
    /// Where the spec will be written unless told otherwise.
    let specPath: String
    /// Where the draft's data file is looked for.
    let folder: String
    /// Whether the draft rests on the first rows alone, and the whole file is still being read.
    package private(set) var isOfSample: Bool
    /// The column with the cursor.
    package var focused: String
    /// Drafts before each step, and those that undo has left.
    var past: [Step] = []
    var future: [Step] = []

    /// - Parameter draft: of a file with at least the treatment's column.
    init(draft: SpecDraft, isOfSample: Bool = false, specPath: String, folder: String) {
        self.isOfSample = isOfSample
        self.draft = draft
        self.specPath = specPath
        self.folder = folder
        focused = draft.treatment
    }

    /// Takes in what the whole file says: in place of the guesses where nothing was changed yet.
    /// - Parameter whole: nil where it could not be read.
    /// - Returns: the columns whose guess would be another one, where something was changed.
    mutating func adopt(_ whole: SpecDraft?) -> [String] {
        isOfSample = false
        guard var whole else { return [] }
        guard past.isEmpty, future.isEmpty else {
            let first = past.first?.draft ?? draft
            return whole.columns.map(\.name).filter { whole.part(of: $0) != first.part(of: $0) }
        }
        whole.data = draft.data
        draft = whole
        if draft[column: focused] == nil { focused = draft.treatment }
        return []
    }

    /// Columns in the order of the spec: treatment, unit, outcomes, covariates, what is left out.
    package var order: [SpecDraft.Column] {
        func rank(_ name: String) -> Int {
            switch draft.part(of: name) {
            case .treatment: 0
            case .unit: 1
            case .outcome: 2 + (draft.outcome(of: name) ?? 0)
            case .covariate: .max - 1
            case .leftOut: .max
            }
        }
        return draft.columns.enumerated().sorted { a, b in
            (rank(a.element.name), a.offset) < (rank(b.element.name), b.offset)
        }.map(\.element)
    }

    var column: SpecDraft.Column? { draft[column: focused] }

    /// The outcome that the focused column is part of.
    var outcome: OutcomeSpec? { draft.outcome(of: focused).map { draft.outcomes[$0] } }
}
