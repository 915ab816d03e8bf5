import Runtime

/// What a step of a search spent and met.
struct SearchStep: Sendable {
    /// Passes over the data.
    let evaluations: Int
    /// Feasible policies; the archive keeps those that none beats.
    let found: [FrontPoint]
}

/// One way to look for the front, step by step. The state is the value: saved and read back, it goes on as before.
protocol SearchStrategy: Sendable, Codable {
    /// Spends at most `limit` passes over the data.
    /// - Parameter known: the unbeaten policies so far.
    /// - Throws: `CancellationError`.
    mutating func step(
        _ problem: PolicyProblem, known: [FrontPoint], limit: Int, context: RunContext
    ) throws -> SearchStep

    /// Feasible policies that it has not looked at and yet recommends, by its model of what it has seen; measured.
    /// - Throws: `CancellationError`.
    func recommended(_ problem: PolicyProblem, context: RunContext) throws -> [FrontPoint]
}

extension SearchStrategy {
    func recommended(_ problem: PolicyProblem, context: RunContext) -> [FrontPoint] { [] }
}
