import ArgumentParser
import Studies

/// How much of its units a policy file gives up to learning.
struct ExplorationOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "Share of units that get a random arm to learn from: epsilon:0.05 by the planned shares, thompson:0.05 the likely best arm more often."
    )
    var explore: String?
    @Option(name: .long, help: "With --explore: the time after which units draw again, as 7d or 12h; default: never.")
    var period: String?

    /// - Throws: `ValidationError` for a period of nothing.
    func check() throws {
        if period != nil, explore == nil { throw ValidationError("--period goes with --explore") }
    }

    /// - Throws: `EspalierError` (.usage) for what is none.
    func rule() throws -> ExplorationRule? { try explore.map { try ExplorationRule($0, period: period) } }
}
