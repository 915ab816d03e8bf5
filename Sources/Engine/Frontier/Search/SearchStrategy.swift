import Statistics

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
        _ problem: PolicyProblem, known: [FrontPoint], limit: Int, conduct: Conduct
    ) throws -> SearchStep

    /// The policies it would have the analyst trust: by its own model of the noise where it has one.
    func recommended(_ problem: PolicyProblem, known: [FrontPoint]) -> [FrontPoint]
}

extension SearchStrategy {
    func recommended(_ problem: PolicyProblem, known: [FrontPoint]) -> [FrontPoint] { known }
}
