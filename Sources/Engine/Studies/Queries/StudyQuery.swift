import Runtime

/// What reads a study and changes nothing: it is never logged, may be stopped at any time, and newer ones of its kind take
/// its place.
package protocol StudyQuery: Sendable {
    associatedtype Answer: Sendable

    /// - Throws: `EspalierError`; `CancellationError`.
    func run(_ study: Study, _ context: RunContext) throws -> Answer
}

extension Study {
    package func answer<Query: StudyQuery>(_ query: Query, _ context: RunContext = RunContext()) throws -> Query.Answer
    {
        try query.run(self, context)
    }
}
