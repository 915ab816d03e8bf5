import Runtime
import Synchronization
import Warehouses

/// Progress that counts the questions to an engine, each of which may take long: every one is told, not only every step.
final class QuestionProgress: Sendable {
    private struct State {
        var last: Progress?
        var questions = 0
    }

    private let state = Mutex(State())

    /// The same work, whose progress says how many questions of a log have been asked.
    static func context(_ context: RunContext, counting log: QueryLog) -> RunContext {
        let own = QuestionProgress()
        log.observe { count in
            guard let progress = own.take({ $0.questions = count }) else { return }
            context.report(progress)
        }
        return RunContext(workers: context.workers, cancellation: context.cancellation) { progress in
            if let told = own.take({ $0.last = progress }) { context.report(told) }
        }
    }

    private func take(_ change: (inout State) -> Void) -> Progress? {
        state.withLock { state in
            change(&state)
            guard let last = state.last else { return nil }
            let questions = state.questions == 0 ? "" : "question \(state.questions)"
            return Progress(
                phase: last.phase, done: last.done, total: last.total, unit: last.unit,
                detail: [last.detail, questions].filter { !$0.isEmpty }.joined(separator: ", "))
        }
    }
}
