import Experiments
import Runtime

extension WorkKind {
    static let draftChecks = WorkKind("draft checks")
    static let proposal = WorkKind("reading the whole file", rank: 9)
    static let spec = WorkKind("spec", isStoppable: false)
}

/// What the health checks say of a draft, or why they could not run; neither until they have.
package struct DraftChecks: Sendable {
    package var health: HealthReport?
    package var failure: String?

    package init() {}
}

extension ResultKey where Value == DraftChecks {
    package static var draftChecks: ResultKey { ResultKey("draft checks", initial: DraftChecks()) }
}

/// Reads the data as a draft says, and checks them.
struct CheckDraft: DerivedTask {
    let yaml: String
    let path: String
    let folder: String

    static var work: WorkKind { .draftChecks }

    var inputs: String { yaml }

    init(_ editing: SpecEditing) {
        yaml = editing.draft.yaml
        path = editing.specPath
        folder = editing.folder
    }

    /// - Throws: `CancellationError`; what else is wrong is what the checks say.
    func run(_ context: RunContext) throws -> DraftChecks {
        var checks = DraftChecks()
        do {
            let spec = try ExperimentSpec.read(yaml: yaml, file: path)
            checks.health = try HealthReport.examine(Experiment.read(spec: spec, folder: folder, context: context))
        } catch let error as EspalierError {
            checks.failure = error.description
        }
        return checks
    }

    func take(_ checks: DraftChecks, in state: inout WorkbenchState) -> [Work] {
        state.results.take(checks, as: .draftChecks, from: inputs)
        return []
    }
}

extension ResultKey where Value == Bool {
    /// Whether guesses come from the whole file.
    static var wholeProposal: ResultKey { ResultKey("whole proposal", initial: false) }
}

/// Guesses again from the whole file.
struct ProposeWhole: DerivedTask {
    let dataPath: String

    static var work: WorkKind { .proposal }

    var inputs: String { dataPath }

    struct Answer: Sendable {
        let draft: SpecDraft?
        let failure: String?
    }

    /// - Throws: `CancellationError`; what else is wrong is said.
    func run(_ context: RunContext) throws -> Answer {
        do {
            return Answer(draft: try SpecProposal.draft(dataPath: dataPath, context: context), failure: nil)
        } catch let error as EspalierError {
            return Answer(draft: nil, failure: error.description)
        }
    }

    func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work] {
        state.results.take(true, as: .wholeProposal, from: inputs)
        let others = state.setup.editing?.adopt(answer.draft) ?? []
        if let failure = answer.failure {
            state.message = failure
        } else if !others.isEmpty {
            let names =
                others.prefix(3).joined(separator: ", ") + (others.count > 3 ? " and \(others.count - 3) more" : "")
            state.message = "the whole file was read: it would have suggested other parts for \(names)"
        }
        return Derivation.follow(&state)
    }
}

/// Writes the spec; with it set-up is over.
struct WriteSpec: WorkbenchTask {
    let draft: SpecDraft
    let path: String
    let services: WorkbenchServices

    static var work: WorkKind { .spec }
    static var isReplaceable: Bool { false }

    init(_ draft: SpecDraft, to path: String, _ services: WorkbenchServices) {
        self.draft = draft
        self.path = path
        self.services = services
    }

    func run(_ context: RunContext) throws { try services.writeSpec(draft, path) }

    func take(_ answer: Void, in state: inout WorkbenchState) -> [Work] {
        state.setup.written = path
        state.shouldQuit = true
        return []
    }
}
