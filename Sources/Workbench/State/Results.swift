import Policies
import Runtime
import Studies

extension Reducer {
    /// Takes in what engine work hands over; what an operation has computed is the session's to keep first.
    package static func receive(_ state: inout WorkbenchState, _ delivery: Delivery) -> [Work] {
        take(delivery, in: &state) + CandidateReportRequests.follow(&state)
    }

    private static func take(_ delivery: Delivery, in state: inout WorkbenchState) -> [Work] {
        switch delivery {
        case .stage(.experiment(let description, let health)):
            if state.description == nil {
                state.cohortsView = CohortsView(outcomeCount: description.space.outcomeCount)
            }
            state.description = description
            state.health = health
        case .stage(.trees(let trees)): adopt(trees, &state)
        case .stage(.policy(let workspace)): adopt(workspace, &state)
        case .opened(let opened): return OpeningReducer.take(opened, in: &state)
        case .answered(let answer): return answer(&state)
        case .computed: return []
        case .progress(let kind, let progress, let elapsed):
            state.running[kind] = Wording.progress(progress, elapsed: elapsed)
        case .finished(let kind): state.running[kind] = nil
        case .failed(let kind, let error): failed(kind, error, in: &state)
        case .cancelled(let kind):
            state.running[kind] = nil
            state.message = "\(kind == .search ? "the search" : "the work") was stopped; nothing was changed"
        }
        return []
    }

    static func failed(_ kind: WorkKind, _ error: EspalierError, in state: inout WorkbenchState) {
        state.running[kind] = nil
        if kind == .candidates {
            state.awaitedCandidate = nil
            state.awaitedExport = nil
        }
        state.message = error.description
        if kind == .fit, state.description == nil {
            state.failure = error
            state.shouldQuit = true
        }
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
}
