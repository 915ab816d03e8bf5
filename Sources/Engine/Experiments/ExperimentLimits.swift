import Runtime

/// How many arms and outcomes an experiment may have: policies hold a byte and a bit for each.
package enum ExperimentLimits {
    package static let arms = 32
    package static let outcomes = 32

    /// - Throws: `EspalierError(.data)` that says both.
    static func check(arms: Int, outcomes: Int, file: String) throws {
        guard arms <= Self.arms, outcomes <= Self.outcomes else {
            throw EspalierError(
                .data, "\(arms) arms and \(outcomes) outcomes are too many", file: file,
                remedy: "keep to \(Self.arms) arms and \(Self.outcomes) outcomes")
        }
    }
}
