import Experiments
import Runtime

extension WorkKind {
    static let draftChecks = WorkKind("draft checks")
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
