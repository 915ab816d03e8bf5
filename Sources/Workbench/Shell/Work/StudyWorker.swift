import Dispatch
import Experiments
import Foundation
import Runtime
import Studies
import Synchronization

/// Where work is done: the engine and the study file behind the screens.
package final class StudyWorker: Sendable {
    /// What the workbench was opened on.
    package enum Subject: Sendable {
        case study(path: String)
        /// A spec, and where its study goes; a study that is there already and still current is opened instead of fitted.
        case spec(path: String, study: String)
    }

    /// nil where there is no study yet.
    private let subject: Subject?
    /// What the screens start from where there is no study yet.
    let start: (@Sendable (inout WorkbenchState) -> Void)?
    private let workers: Workers
    private let study = Mutex<Study?>(nil)
    /// Left once the study is open or cannot be: what is asked for while a fit is still being written waits for it.
    private let opening = DispatchGroup()

    package init(_ subject: Subject, workers: Workers) {
        self.subject = subject
        start = nil
        self.workers = workers
        opening.enter()
    }

    /// For a screen that needs no study.
    init(workers: Workers, start: @escaping @Sendable (inout WorkbenchState) -> Void) {
        subject = nil
        self.start = start
        self.workers = workers
    }

    /// Does a piece of work and hands over what it brings, in order.
    package func run(_ work: Work, cancellation: Cancellation, deliver: @escaping @Sendable (Delivery) -> Void) {
        let kind = work.kind
        let clock = ContinuousClock()
        let start = clock.now
        let context = RunContext(workers: workers, cancellation: cancellation) { progress in
            deliver(.progress(kind, progress, elapsed: (clock.now - start) / .seconds(1)))
        }
        do {
            try perform(work, context, deliver)
            deliver(.finished(kind))
        } catch is CancellationError {
            deliver(.cancelled(kind))
        } catch let error as EspalierError {
            deliver(.failed(kind, error))
        } catch {
            deliver(.failed(kind, EspalierError(.internal, "\(error)")))
        }
    }

    private func perform(_ work: Work, _ context: RunContext, _ deliver: @escaping @Sendable (Delivery) -> Void) throws
    {
        if case .task(let task) = work {
            deliver(.answered(try task.answer(context)))
            return
        }
        if case .open = work {
            defer { opening.leave() }
            try open(context, deliver)
            return
        }
        opening.wait()
        guard let study = study.withLock({ $0 }) else { return }
        switch work {
        case .open, .task, .log: break
        case .operation(let operation):
            deliver(.computed(try Self.compute(operation, study, context.givingWay, isFollowUp: false)))
        case .followUp(let operation):
            deliver(.computed(try Self.compute(operation, study, context.givingWay, isFollowUp: true)))
        case .query(let query): deliver(.answered(try Self.answer(query, study, context)))
        }
    }

    private static func compute<Operation: StudyOperation>(
        _ operation: Operation, _ study: Study, _ context: RunContext, isFollowUp: Bool
    ) throws -> ComputedOperation {
        if Operation.needsUnits { try study.requireUnits(for: "this") }
        return try ComputedOperation(operation, operation.run(study, context), isFollowUp: isFollowUp)
    }

    private static func answer<Query: WorkbenchQuery>(
        _ query: Query, _ study: Study, _ context: RunContext
    ) throws -> @Sendable (inout WorkbenchState) -> [Work] {
        let answer =
            Query.isUrgent
            ? try Urgency.run { try study.answer(query, context) } : try study.answer(query, context)
        return { query.take(answer, in: &$0) }
    }

    /// Writes to the study in one transaction; does nothing, and returns nil, where no study is open yet.
    func transaction<Value>(durably: Bool, _ body: (StudyTransaction) throws -> Value) throws -> Value? {
        try study.withLock { $0 }?.file.transaction(durably: durably, body)
    }

    /// What has become of the study's file; nil where it is what it was, or none is open yet.
    var replacement: StudyReplacement? { study.withLock { $0 }?.file.replacement }

    /// Goes on with a copy of the study at a new place.
    /// - Parameter held: what the copy is made of where another file was written into the study's own.
    /// - Returns: whether it was made of that.
    func move(to path: String, holding held: HeldStudy) throws -> Bool {
        try study.withLock { study in
            let isLost = study?.file.replacement == .overwritten
            study = isLost ? try study?.rewritten(at: path, held) : try study?.copied(to: path)
            return isLost
        }
    }

    private func open(_ context: RunContext, _ deliver: @escaping @Sendable (Delivery) -> Void) throws {
        let opened: Study
        switch subject {
        case nil: return
        case .study(let path):
            opened = try Study(opening: path, for: .writing)
        case .spec(let spec, let path):
            if let current = try StudyFit.current(specPath: spec, study: path, for: .writing) {
                opened = current
            } else {
                let reservation = try StudyReservation(path)
                let fit = try StudyFit.run(specPath: spec, context: context) { deliver(.stage($0)) }
                opened = try Study.create(in: reservation, fit: fit, workers: workers)
            }
        }
        study.withLock { $0 = opened }
        deliver(.opened(try OpenedStudy(opened)))
    }
}
