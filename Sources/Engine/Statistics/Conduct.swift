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

/// Where a long computation stands: step `done` of `total` in a named phase.
package struct Progress: Sendable, Equatable {
    package let phase: String
    package let done: Int
    package let total: Int
    /// What there is to say beyond the count, such as "hypervolume 1.23"; may be empty.
    package let detail: String

    package init(phase: String, done: Int, total: Int, detail: String = "") {
        self.phase = phase
        self.done = done
        self.total = total
        self.detail = detail
    }
}

/// What a long computation gets from its caller: threads, a way to stop it, and somewhere to say how far it is.
package struct Conduct: Sendable {
    package let workers: Workers
    package let cancellation: Cancellation
    package let report: @Sendable (Progress) -> Void

    package init(
        workers: Workers = Workers(), cancellation: Cancellation = Cancellation(),
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.workers = workers
        self.cancellation = cancellation
        self.report = report
    }
}
