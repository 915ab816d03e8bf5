import Dispatch
import Foundation
import Runtime
import Synchronization

/// Runs work off the main thread, one piece at a time per kind, the latest first to count.
package final class WorkRunner: Sendable {
    private let worker: StudyWorker
    private let deliver: @Sendable (Delivery) -> Void
    private let state = Mutex<[WorkKind: Current]>([:])

    private struct Current {
        let queue: DispatchQueue
        var generation = 0
        var cancellation = Cancellation()
    }

    /// - Parameter deliver: called from the work's threads.
    package init(_ worker: StudyWorker, deliver: @escaping @Sendable (Delivery) -> Void) {
        self.worker = worker
        self.deliver = deliver
    }

    package func submit(_ work: Work) {
        let kind = work.kind
        let isReplaceable = work.isReplaceable
        let (queue, generation, cancellation) = state.withLock { state -> (DispatchQueue, Int, Cancellation) in
            var current = state[kind] ?? Current(queue: DispatchQueue(label: "espalier.\(kind.name)"))
            if isReplaceable {
                // Whatever of its kind has not started will not; what runs is stopped.
                current.cancellation.cancel()
                current.generation += 1
            }
            // Work that waits for its turn shares one, so that all of it can be stopped.
            if current.cancellation.isCancelled { current.cancellation = Cancellation() }
            state[kind] = current
            return (current.queue, current.generation, current.cancellation)
        }
        queue.async { [self] in
            if isReplaceable, isReplaced(kind, generation) { return }
            worker.run(work, cancellation: cancellation) { [self] delivery in
                // Nobody stopped what made way for newer work of its kind.
                if case .cancelled = delivery, isReplaceable, isReplaced(kind, generation) { return }
                deliver(delivery)
            }
        }
    }

    private func isReplaced(_ kind: WorkKind, _ generation: Int) -> Bool {
        state.withLock { $0[kind]?.generation } != generation
    }

    /// Stops work of every kind that may be stopped; with `announced`, only of those whose progress is said.
    package func cancel(announced: Bool = false) {
        state.withLock { state in
            for (kind, current) in state where kind.isStoppable && (!announced || kind.rank != nil) {
                current.cancellation.cancel()
            }
        }
    }

    /// Waits until all work submitted so far is done, so that nothing shown as done is lost on the way out.
    package func finish() {
        for queue in state.withLock({ $0.values.map(\.queue) }) { queue.sync {} }
    }
}
