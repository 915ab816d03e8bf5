import Effects
import Groups
import Studies

/// A study as it comes from its file: what was fitted, and where the analyst left off.
package struct OpenedStudy: Sendable {
    package let study: Study
    /// Made here and not on the main thread, which would stand still for a second of millions of units.
    let workspace: PolicyWorkspace
    /// All of them, hidden ones too: redo may bring one back.
    let candidates: [Candidate]
    let hidden: Set<Int>
    let front: FrontRecord?
    let looks: Int
    /// The id of the candidate that was exported last.
    let exported: Int?
    let resumed: Resumed
    let modelReport: ModelReport?
    let hyperparameters: HyperparameterSearch?
    let subgroups: [SubgroupSearch]
    let laboratory: StudyLaboratory?

    init(_ study: Study) throws {
        self.study = study
        workspace = study.workspace
        candidates = try study.file.candidates(includingHidden: true)
        hidden = try study.file.hiddenCandidates()
        front = try study.file.front()
        looks = try study.file.looks()
        exported = try study.file.lastExport()
        modelReport = try study.file.modelReport()
        hyperparameters = try study.file.hyperparameters()
        subgroups = try study.file.subgroups()
        laboratory = try study.file.laboratory()
        resumed = Resumed(try study.file.resume(), in: study.space)
    }
}

/// Takes in an opened study, and what its data turn out to be.
enum OpeningReducer {
    static func take(_ opened: OpenedStudy, in state: inout WorkbenchState) -> [Work] {
        let study = opened.study
        let isUntouched = isUntouched(state)
        Reducer.learn(&state) { facts in
            facts.description = study.description
            facts.health = study.health
            facts.trees = study.trees
            facts.workspace = opened.workspace
            facts.candidates = opened.candidates
            facts.front = opened.front
            facts.looks = opened.looks
            facts.exported = opened.exported.map { id in opened.candidates.first { $0.id == id }?.name ?? "" }
            facts.studyPath = study.file.path
            facts.isReadOnly = study.file.isReadOnly
            facts.inputs = study.description.inputsDigest
        }
        let picked = Set(opened.candidates.filter(\.isPicked).map(\.id))
        var work: [Work] = []
        let resumed = opened.resumed
        state.decisions.picked = picked
        state.decisions.hidden = opened.hidden
        if let decisions = resumed.decisions {
            var kept = decisions
            (kept.picked, kept.hidden, kept.reference) = (picked, opened.hidden, nil)
            state.decisions = decisions
            state.history = resumed.history
            if let view = resumed.savedView {
                state.estimator = view.estimator
                // Whoever has gone elsewhere while a fit was running stays there; after a refit rows mean something else.
                if isUntouched, view.inputs == state.facts.inputs { view.restore(in: &state) }
            }
            // What was decided last and had not yet reached the candidates when the process died.
            work += Reducer.followUps(from: kept, to: decisions)
        }
        for definition in ScreenList.all { work += definition.open(opened, &state) }
        checked(study.file.dataIsUnchanged(study.description), in: &state)
        let said = study.file.notices + resumed.problems
        if !said.isEmpty { state.message = said.joined(separator: "; ") }
        return work + [.query(CheckData())]
    }

    private static func isUntouched(_ state: WorkbenchState) -> Bool {
        guard let first = ScreenList.all.first else { return true }
        return state.screen == first.screen && first.row(state) == 0
    }

    /// - Parameter isUnchanged: nil where the data cannot be found.
    static func checked(_ isUnchanged: Bool?, in state: inout WorkbenchState) {
        guard let isUnchanged, state.facts.dataHasChanged == isUnchanged else { return }
        state.facts.dataHasChanged = !isUnchanged
        state.message =
            isUnchanged
            ? "the data file was touched, but its bytes are those that were fitted"
            : "the data have changed since the fit; what is shown are results of the old data"
    }
}
