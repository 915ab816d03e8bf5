import Effects
import Groups
import Studies

/// A study as it comes from its file: what was fitted, and where the analyst left off.
package struct OpenedStudy: Sendable {
    package let study: Study
    /// All of them, hidden ones too: redo may bring one back.
    let candidates: [Candidate]
    let hidden: Set<Int>
    let front: FrontRecord?
    let looks: Int
    let resumed: Resumed
    let modelReport: ModelReport?
    let hyperparameters: HyperparameterSearch?
    let subgroups: [SubgroupSearch]

    init(_ study: Study) throws {
        self.study = study
        candidates = try study.file.candidates(includingHidden: true)
        hidden = try study.file.hiddenCandidates()
        front = try study.file.front()
        looks = try study.file.looks()
        modelReport = try study.file.modelReport()
        hyperparameters = try study.file.hyperparameters()
        subgroups = try study.file.subgroups()
        resumed = Resumed(try study.file.resume(), in: study.space)
    }
}

/// Takes in an opened study, and what its data turn out to be.
enum OpeningReducer {
    static func take(_ opened: OpenedStudy, in state: inout WorkbenchState) -> [Work] {
        let study = opened.study
        let isUntouched = state.screen == .experiment && state.findingRow == 0
        if state.description == nil {
            state.cohortsView = CohortsView(outcomeCount: study.space.outcomeCount)
        }
        state.description = study.description
        state.health = study.health
        state.studyPath = study.file.path
        state.inputs = study.description.inputsDigest
        Reducer.adopt(study.trees, &state)
        Reducer.adopt(study.workspace, &state)
        state.candidates = opened.candidates
        state.front = opened.front
        state.looks = opened.looks
        state.hyperparameters = opened.hyperparameters
        state.subgroups = opened.subgroups
        let picked = Set(opened.candidates.filter(\.isPicked).map(\.id))
        var work: [Work] = [.query(SumCohorts()), .query(EvaluateArms()), .query(ReportPicks())]
        let resumed = opened.resumed
        state.decisions.picked = picked
        state.decisions.hidden = opened.hidden
        if let decisions = resumed.decisions {
            state.decisions = decisions
            state.history = resumed.history
            if let view = resumed.savedView {
                state.estimator = view.estimator
                // Whoever has gone elsewhere while a fit was running stays there; after a refit rows mean something else.
                if isUntouched, view.inputs == state.inputs { view.restoreView(in: &state) }
            }
            // What was decided last and had not yet reached the candidates when the process died.
            if decisions.picked != picked { work.append(.followUp(SetPicks(decisions.picked))) }
            if decisions.hidden != opened.hidden {
                work.append(
                    .followUp(
                        SetHidden(
                            hidden: decisions.hidden.subtracting(opened.hidden),
                            shown: opened.hidden.subtracting(decisions.hidden))))
            }
            if !decisions.pins.isEmpty {
                work.append(.query(EvaluatePins(pins: decisions.pins, estimator: state.estimator)))
            }
            if let reference = decisions.reference { work.append(.followUp(MoveReference(reference))) }
        }
        if let report = opened.modelReport {
            work += ModelsReducer.take(report, setsStart: !resumed.wasShown, in: &state)
        }
        checked(study.file.dataIsUnchanged(study.description), in: &state)
        if !resumed.problems.isEmpty { state.message = resumed.problems.joined(separator: "; ") }
        return work + KnobsReducer.refresh(&state) + [.query(CheckData())]
    }

    /// - Parameter isUnchanged: nil where the data cannot be found.
    static func checked(_ isUnchanged: Bool?, in state: inout WorkbenchState) {
        guard let isUnchanged, state.dataHasChanged == isUnchanged else { return }
        state.dataHasChanged = !isUnchanged
        state.message =
            isUnchanged
            ? "the data file was touched, but its bytes are those that were fitted"
            : "the data have changed since the fit; what is shown are results of the old data"
    }
}
