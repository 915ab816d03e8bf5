import Synchronization

/// A flag that the user raises and long computations look at; raising it is final.
package final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    package func cancel() { flag.store(true, ordering: .relaxed) }
    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// - Throws: `CancellationError` once cancelled.
    package func check() throws {
        if isCancelled { throw CancellationError() }
    }
}
