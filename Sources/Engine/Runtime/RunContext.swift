/// What a long computation gets from its caller: threads, a way to stop it, and somewhere to say how far it is.
package struct RunContext: Sendable {
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

    /// The same work, which lets go first what is urgent.
    package var givingWay: RunContext {
        RunContext(workers: workers.givingWay, cancellation: cancellation, report: report)
    }

    /// The same work under another name.
    package func naming(_ phase: String) -> RunContext {
        RunContext(workers: workers, cancellation: cancellation) { [report] progress in
            report(
                Progress(
                    phase: phase, done: progress.done, total: progress.total, unit: progress.unit,
                    detail: progress.detail))
        }
    }
}
