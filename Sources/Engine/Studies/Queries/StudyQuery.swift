import Runtime

/// What reads a study and changes nothing: it is never logged, may be stopped at any time, and newer ones of its kind take
/// its place.
package protocol StudyQuery: Sendable {
    associatedtype Answer: Sendable

    /// Whether it looks at units: not where these stay in a warehouse and the study keeps sums of them.
    static var needsUnits: Bool { get }

    /// - Throws: `EspalierError`; `CancellationError`.
    func run(_ study: Study, _ context: RunContext) throws -> Answer
}

extension StudyQuery {
    package static var needsUnits: Bool { true }
}

extension Study {
    package func answer<Query: StudyQuery>(_ query: Query, _ context: RunContext = RunContext()) throws -> Query.Answer
    {
        if Query.needsUnits { try requireUnits(for: "this") }
        return try query.run(self, context)
    }
}
