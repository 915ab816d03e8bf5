import Policies
import Runtime
import Studies

extension Reducer {
    /// Takes in what engine work hands over; what an operation has computed is the session's to keep first.
    package static func receive(_ state: inout WorkbenchState, _ delivery: Delivery) -> [Work] {
        take(delivery, in: &state) + Derivation.follow(&state)
    }

    private static func take(_ delivery: Delivery, in state: inout WorkbenchState) -> [Work] {
        switch delivery {
        case .stage(.experiment(let description, let health)):
            learn(&state) {
                $0.description = description
                $0.health = health
            }
        case .stage(.trees(let trees)): learn(&state) { $0.trees = trees }
        case .stage(.policy(let workspace)): learn(&state) { $0.workspace = workspace }
        case .opened(let opened): return OpeningReducer.take(opened, in: &state)
        case .answered(let answer): return answer(&state)
        case .computed: return []
        case .progress(let kind, let progress, let elapsed):
            if state.running[kind]?.take(progress, now: state.now) == nil {
                state.running[kind] = ProgressClock(progress, now: state.now, elapsed: elapsed)
            }
        case .finished(let kind): state.running[kind] = nil
        case .failed(let kind, let error): failed(kind, error, in: &state)
        case .cancelled(let kind):
            state.running[kind] = nil
            state.message = "\(kind.words) was stopped; nothing was changed"
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
        if kind == .fit, state.facts.description == nil {
            state.failure = error
            state.shouldQuit = true
        }
    }

    /// The study goes on at another place.
    /// - Parameter isRewritten: whether it was saved from memory, for its file is lost.
    static func moved(to path: String, isRewritten: Bool, _ state: inout WorkbenchState) {
        state.facts.studyPath = path
        state.facts.isReadOnly = false
        state.message =
            isRewritten
            ? "saved to \(path), and work goes on there; its log and its models are lost: fit again before an export"
            : "the study is saved to \(path), and work goes on there"
    }

    /// Takes in what became known of the study; every screen starts from it.
    static func learn(_ state: inout WorkbenchState, _ change: (inout StudyFacts) -> Void) {
        let before = state.facts
        change(&state.facts)
        if let space = state.space, before.workspace?.space.arms != space.arms {
            state.decisions.knobs = PolicyKnobs.start(in: space)
        }
        func adapt<Definition: ScreenDefinition>(_ definition: Definition.Type) {
            Definition.adapt(&state[definition], to: state.facts, from: before)
        }
        for definition in ScreenList.all { adapt(definition) }
    }
}
