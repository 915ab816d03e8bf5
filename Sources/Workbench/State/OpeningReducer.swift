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
    let resumed: Resumed?
    let modelReport: ModelReport?
    let tuning: HyperparameterSearch?
    let subgroups: [SubgroupSearch]

    init(_ study: Study) throws {
        self.study = study
        candidates = try study.file.candidates(includingHidden: true)
        hidden = try study.file.hiddenCandidates()
        front = try study.file.front()
        looks = try study.file.looks()
        modelReport = try study.file.modelReport()
        tuning = try study.file.tuning()
        subgroups = try study.file.subgroups()
        resumed = try study.file.resume().flatMap { Resumed($0) }
    }
}

/// Takes in an opened study, and what its data turn out to be.
enum OpeningReducer {
    static func take(_ opened: OpenedStudy, in state: inout WorkbenchState) -> [Job] {
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
        state.tuning = opened.tuning
        state.subgroups = opened.subgroups
        let picked = Set(opened.candidates.filter(\.isPicked).map(\.id))
        var jobs: [Job] = []
        state.decisions.picked = picked
        state.decisions.hidden = opened.hidden
        if let resumed = opened.resumed, resumed.savedView.fits(study.space) {
            resumed.savedView.restoreDecisions(in: &state)
            state.history = resumed.history
            // Whoever has gone elsewhere while a fit was running stays there; after a refit rows mean something else.
            if isUntouched, resumed.savedView.inputs == state.inputs { resumed.savedView.restoreView(in: &state) }
            if resumed.isOvertaken {
                state.decisions.picked = picked
                state.decisions.hidden = opened.hidden
            } else {
                // What was decided last and had not yet reached the candidates when the process died.
                if state.decisions.picked != picked { jobs.append(.setPicked(state.decisions.picked)) }
                let wanted = state.decisions.hidden
                if wanted != opened.hidden {
                    jobs.append(
                        .setHidden(wanted.subtracting(opened.hidden), shown: opened.hidden.subtracting(wanted)))
                }
            }
            if !state.decisions.pins.isEmpty { jobs.append(.evaluatePins(state.decisions.pins, state.estimator)) }
            if let reference = state.decisions.reference { jobs.append(.setReference(reference)) }
        }
        if let report = opened.modelReport {
            jobs += ModelsReducer.take(report, setsStart: opened.resumed == nil, in: &state)
        }
        checked(study.file.dataIsUnchanged(study.description), in: &state)
        return jobs + KnobsReducer.refresh(&state) + [.checkData]
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
