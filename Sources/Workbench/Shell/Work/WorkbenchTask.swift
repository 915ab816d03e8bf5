import Runtime

/// Work that needs no study.
package protocol WorkbenchTask: Sendable {
    associatedtype Answer: Sendable

    static var work: WorkKind { get }
    /// Whether newer work of its kind makes it pointless.
    static var isReplaceable: Bool { get }

    /// - Throws: `CancellationError`, `EspalierError`.
    func run(_ context: RunContext) throws -> Answer

    /// Takes in the answer.
    /// - Returns: the work that follows.
    func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work]
}

extension WorkbenchTask {
    package static var isReplaceable: Bool { true }

    /// Runs it.
    /// - Returns: what takes the answer in.
    func answer(_ context: RunContext) throws -> @Sendable (inout WorkbenchState) -> [Work] {
        let answer = try run(context)
        return { take(answer, in: &$0) }
    }
}
