import Foundation
import Policies
import Runtime

/// What changes a study. Its result, its entry in the log, its undo step and the decisions it leaves are one transaction,
/// whoever asks for it: a command, the workbench, a replay or a test.
///
/// The stored properties are its inputs, all that brings its result about again; the log keeps them as JSON under `kind`.
package protocol StudyOperation: Codable, Sendable, Equatable {
    associatedtype Outcome: Sendable

    /// Names its entries in the log; never changed once released, for old entries are read for ever.
    static var kind: String { get }
    /// Whether a replay does it again. What wrote a file does not write it again.
    static var isReplayed: Bool { get }

    /// Whether it looks at units: not where these stay in a warehouse and the study keeps sums of them.
    static var needsUnits: Bool { get }

    /// Whether the inputs mean something in a study of these arms and outcomes: a log is a file that anybody may have written.
    func fits(_ space: PolicySpace) -> Bool

    /// Computes from the study as it is, and writes nothing: stopped, it leaves the study as it was.
    /// - Throws: `EspalierError`; `CancellationError`.
    func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome>
}

extension StudyOperation {
    package static var isReplayed: Bool { true }
    package static var needsUnits: Bool { true }
    package func fits(_ space: PolicySpace) -> Bool { true }
}

/// What an operation has computed and is to be kept.
package struct StudyChange<Outcome: Sendable>: Sendable {
    /// Writes the result; runs inside the transaction.
    package let write: @Sendable (StudyTransaction) throws -> Outcome
    /// What the outcome decides; nil leaves the decisions and the undo history as they are.
    package let decide: @Sendable (Outcome, Decisions) -> Decided?

    package init(
        write: @escaping @Sendable (StudyTransaction) throws -> Outcome,
        decide: @escaping @Sendable (Outcome, Decisions) -> Decided? = { _, _ in nil }
    ) {
        self.write = write
        self.decide = decide
    }
}

/// Decisions that an operation changes, and the undo step that takes them back; nil where there is nothing to take back.
package struct Decided: Sendable, Equatable {
    package let decisions: Decisions
    package let step: History.Step?

    package init(_ decisions: Decisions, step: History.Step?) {
        self.decisions = decisions
        self.step = step
    }
}

extension Study {
    /// Runs an operation and keeps what it brings, in one transaction with its log entry and its undo step.
    /// - Throws: `EspalierError`; `CancellationError`, with the study as it was.
    @discardableResult
    package func perform<Operation: StudyOperation>(
        _ operation: Operation, _ context: RunContext
    ) throws -> Operation.Outcome {
        if Operation.needsUnits { try requireUnits(for: "this") }
        let change = try operation.run(self, context)
        return try file.transaction { transaction in
            let outcome = try change.write(transaction)
            try transaction.log(operation)
            if let decided = change.decide(outcome, try transaction.decisions(in: space)) {
                try transaction.decide(decided)
            }
            return outcome
        }
    }
}
