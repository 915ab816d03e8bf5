import Experiments

/// All that the set-up screen shows: a spec in the making and what was found about it.
package struct SetupState: Sendable {
    package var draft: SpecDraft
    /// Where the spec will be written unless told otherwise.
    package var specPath: String
    /// The column with the cursor.
    package var focused: String
    package var message = ""
    package var overlay = Overlay.none
    package var past: [SpecDraft] = []
    package var future: [SpecDraft] = []
    /// What the health checks say of the draft that was checked; nil until they have run.
    package var health: HealthReport?
    /// Why the checks could not run.
    package var failure: String?
    package var isChecking = false
    package var outcome = Outcome.open

    package enum Overlay: Sendable, Equatable {
        case none
        case help(offset: Int)
        case yaml(offset: Int)
        case templates(row: Int)
        case prompt(Prompt, text: String)
    }

    /// What a line at the bottom asks for.
    package enum Prompt: Sendable, Equatable {
        case limit, costs, shares, path
    }

    /// How the screen ends.
    package enum Outcome: Sendable, Equatable {
        case open
        case quit
        /// The spec is to be written there and opened.
        case write(String)
    }

    /// - Parameter draft: of a file with at least the treatment's column.
    package init(draft: SpecDraft, specPath: String) {
        self.draft = draft
        self.specPath = specPath
        focused = draft.treatment
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

    package var row: Int { order.firstIndex { $0.name == focused } ?? 0 }

    package var column: SpecDraft.Column? { draft[column: focused] }

    /// The findings that name a column and are not well.
    func findings(about column: String) -> [HealthFinding] {
        (health?.findings ?? []).filter { finding in
            finding.severity > .note && finding.details.contains { $0.name == column }
        }
    }
}
