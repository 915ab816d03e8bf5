import Dispatch
import Foundation
import Runtime
import Synchronization

/// Runs jobs off the main thread, one at a time per kind, the latest first to count.
package final class JobRunner: Sendable {
    private let worker: StudyWorker
    private let deliver: @Sendable (JobResult) -> Void
    private let queues: [JobKind: DispatchQueue]
    private let state = Mutex<[JobKind: Current]>([:])

    private struct Current {
        var generation = 0
        var cancellation = Cancellation()
    }

    /// - Parameter deliver: called from the jobs' threads.
    package init(_ worker: StudyWorker, deliver: @escaping @Sendable (JobResult) -> Void) {
        self.worker = worker
        self.deliver = deliver
        queues = Dictionary(
            uniqueKeysWithValues: JobKind.allCases.map { ($0, DispatchQueue(label: "espalier.\($0.rawValue)")) })
    }

    package func submit(_ job: Job) {
        let kind = job.kind
        let isReplaceable = job.isReplaceable
        let (generation, cancellation) = state.withLock { state -> (Int, Cancellation) in
            var current = state[kind] ?? Current()
            if isReplaceable {
                // Whatever of its kind has not started will not; what runs is stopped.
                current.cancellation.cancel()
                current.generation += 1
            }
            // Work that waits for its turn shares one, so that all of it can be stopped.
            if current.cancellation.isCancelled { current.cancellation = Cancellation() }
            state[kind] = current
            return (current.generation, current.cancellation)
        }
        queues[kind]?.async { [self] in
            if isReplaceable, isReplaced(kind, generation) { return }
            worker.run(job, cancellation: cancellation) { [self] result in
                // Nobody stopped what made way for newer work of its kind.
                if case .cancelled = result, isReplaceable, isReplaced(kind, generation) { return }
                deliver(result)
            }
        }
    }

    private func isReplaced(_ kind: JobKind, _ generation: Int) -> Bool {
        state.withLock { $0[kind]?.generation } != generation
    }

    package func cancel(_ kind: JobKind) {
        state.withLock { $0[kind]?.cancellation.cancel() }
    }

    /// Waits until every job submitted so far is done, so that nothing shown as done is lost on the way out.
    package func finish() {
        for kind in JobKind.allCases { queues[kind]?.sync {} }
    }
}
