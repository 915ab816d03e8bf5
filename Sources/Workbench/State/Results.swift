import Experiments
import Policies
import Studies

extension Reducer {
    /// Takes in what engine work brought; results whose inputs are no longer current are dropped.
    package static func receive(_ state: inout WorkbenchState, _ result: JobResult) -> [Job] {
        take(result, in: &state) + CandidateReportRequests.follow(&state)
    }

    private static func take(_ result: JobResult, in state: inout WorkbenchState) -> [Job] {
        switch result {
        case .stage(.experiment(let description, let health)):
            if state.description == nil {
                state.cohortsView = CohortsView(outcomeCount: description.space.outcomeCount)
            }
            state.description = description
            state.health = health
        case .stage(.trees(let trees)): adopt(trees, &state)
        case .stage(.policy(let workspace)): adopt(workspace, &state)
        case .opened(let opened): return OpeningReducer.take(opened, in: &state)
        case .data(let isUnchanged): OpeningReducer.checked(isUnchanged, in: &state)
        case .evaluatedArms(let evaluations): state.armEvaluations = evaluations
        case .evaluated(let knobs, let estimator, let evaluation):
            guard knobs == state.decisions.knobs, estimator == state.estimator else { return [] }
            state.evaluation = evaluation
            state.evaluationIsStale = false
            if state.cohortGains?.knobs != knobs { return [.cohortGains(knobs)] }
        case .evaluatedPins(let evaluations, let estimator):
            if estimator == state.estimator { state.pinEvaluations.merge(evaluations) { $1 } }
        case .summedCohorts(let sums): state.cohortSums = sums
        case .gained(let gains):
            if gains.knobs == state.decisions.knobs { state.cohortGains = gains }
        case .drilledDown(let drill):
            CohortsReducer.leave(drill: drill, &state)
            state.message = "\(drill.cells.count) cells of \(drill.covariates.joined(separator: " and "))"
            return [.cohortGains(state.decisions.knobs)]
        case .wroteText(let path):
            state.message = "written to \(path)"
            return [.log(.result(.text(path: path)))]
        case .judged(let report, let all):
            return [.log(.result(.judgement(all: all)))] + ModelsReducer.take(report, setsStart: true, in: &state)
        case .tuned(let tuning):
            state.tuning = tuning
            state.modelsPane = .settings
            state.message = tuning.sentence
            return [.log(.result(.settings(seed: tuning.seed)))]
        case .foundSubgroups(let search):
            SubgroupRows.take(search, in: &state)
            return [.log(.result(.subgroups(arm: search.arm, outcome: search.outcome)))]
        case .noted(let candidate):
            merge([candidate], &state)
            state.message = "\(candidate.name) is noted"
        case .measured(let front): state.front = front
        case .profiled(let knobs, let estimator, let profile):
            guard profile.knob == state.knob, estimator == state.estimator else { return [] }
            state.profile = profile
            state.profileOrigin = WorkbenchState.ProfileOrigin(knobs: knobs, estimator: estimator)
            state.profileIsStale = false
        case .heldLimits(let from, let found):
            guard from == state.decisions.knobs else { return [] }
            let before = state.decisions
            state.decisions.knobs = found.knobs
            state.message = Wording.held(found.verdict)
            return [.log(.result(.limits(from: from)))] + decided("hold the limits", before: before, in: &state)
        case .searched(let front, let all, let settings):
            let before = state.decisions
            let known = Set(all.map(\.id))
            // Candidates of earlier searches are hidden by the study; undo shows them again and hides the new ones.
            state.decisions.hidden.formUnion(
                state.candidates.filter { !known.contains($0.id) && !state.decisions.hidden.contains($0.id) }.map(\.id))
            merge(all, &state)
            state.front = front.record
            state.searchTrace = front.trace
            state.focusedCandidate = front.record.candidates.first
            state.message =
                "search \(front.record.search)\(settings.feasible ? " inside the limits" : ""): "
                + "\(front.record.points.count) policies on the front from \(settings.evaluations) passes, "
                + "\(front.candidates.count) shown"
            var undone = before
            undone.hidden.formUnion(
                front.candidates.filter { $0.origin == .search(front.record.search) }.map(\.id))
            state.history.record("search \(front.record.search)", before: undone)
            return [.log(.result(.search(settings, inputs: state.inputs)))]
        case .inspected(let candidate, let pane, let found):
            CandidateReportRequests.take(found, pane, of: candidate, in: &state)
        case .judgedFeasibility(let probabilities): state.candidateReports.feasibility.merge(probabilities) { $1 }
        case .added(let candidate):
            if state.awaitedCandidate == candidate.knobs { state.awaitedCandidate = nil }
            merge([candidate], &state)
            state.focusedCandidate = candidate.id
            var undone = state.decisions
            undone.hidden.insert(candidate.id)
            state.history.record("add \(candidate.name)", before: undone)
            state.message = "added candidate \(candidate.name)"
            return [.log(.result(.candidate(candidate.knobs)))]
        case .picked(let candidates, let looks):
            merge(candidates, &state)
            state.looks = looks
        case .reportedPicks(let report): state.pickReport = report
        case .pickedBest(let picks, let looks):
            // Policies of the front that were no candidates yet became some: undo takes them away again.
            let known = Set(state.candidates.map(\.id))
            let added = picks.candidates.filter { !known.contains($0.id) }
            var before = state.decisions
            before.hidden.formUnion(added.map(\.id))
            merge(picks.candidates, &state)
            state.looks = looks
            state.frontView.wanted = picks.candidates.count
            state.decisions.picked = Set(picks.candidates.map(\.id))
            let names = added.map(\.name).joined(separator: " ")
            state.history.record(
                "pick \(picks.candidates.count)\(names.isEmpty ? "" : ", which added \(names)")", before: before)
            state.message =
                "\(picks.candidates.map(\.name).joined(separator: " ")) keep "
                + "\(Wording.percent(picks.share)) of the hypervolume (\(picks.proof.rawValue))"
                + (picks.report?.alike.first.map { "; \($0.first) and \($0.second) cannot be told apart" } ?? "")
            return [.log(.result(.picks(picks.candidates.count)))]
        case .exported(let path, let candidate):
            state.message = "policy \(candidate) written to \(path)"
            return [.log(.result(.export(path: path, candidate: candidate)))]
        case .progress(let kind, let progress, let elapsed):
            state.running[kind] = Wording.progress(progress, elapsed: elapsed)
        case .finished(let kind): state.running[kind] = nil
        case .failed(let kind, let error):
            state.running[kind] = nil
            if kind == .candidates { state.awaitedCandidate = nil }
            state.message = error.description
            if kind == .fit, state.description == nil {
                state.failure = error
                state.shouldQuit = true
            }
        case .cancelled(let kind):
            state.running[kind] = nil
            state.message = "\(kind == .search ? "the search" : "the work") was stopped; nothing was changed"
        }
        return []
    }

    static func adopt(_ workspace: PolicyWorkspace, _ state: inout WorkbenchState) {
        let isNew = state.workspace?.space.arms != workspace.space.arms
        state.workspace = workspace
        if isNew { state.decisions.knobs = PolicyKnobs.start(in: workspace.space) }
        state.horizontalOutcome = min(1, workspace.space.outcomeCount - 1)
    }

    /// Opens on the tree that found most where the first found nothing.
    static func adopt(_ trees: StudyTrees, _ state: inout WorkbenchState) {
        let isFirst = state.trees == nil
        state.trees = trees
        guard isFirst, trees.trees.first?.leaves.count == 1 else { return }
        let counts = trees.trees.map(\.leaves.count)
        state.treeIndex = counts.firstIndex(of: counts.max() ?? 1) ?? 0
    }

    private static func merge(_ candidates: [Candidate], _ state: inout WorkbenchState) {
        var byID = Dictionary(uniqueKeysWithValues: state.candidates.map { ($0.id, $0) })
        for candidate in candidates {
            var merged = candidate
            if merged.confirm == nil { merged.confirm = byID[candidate.id]?.confirm }
            byID[candidate.id] = merged
        }
        state.candidates = byID.values.sorted { $0.id < $1.id }
    }
}
