import Foundation
import Runtime
import Simulation
import Texts

/// The users of a planned round, played.
enum RehearsedRound {
    static let scenario = "online"
    static let summary =
        "online: the users of a round, PLAN being of the bundled sample; what an arm does in the log is attenuated, and wears off"

    /// Writes the results that `online read` reads, and says what was expected of each policy's users.
    static func write(
        _ plan: String, to path: String, units: Int?, seed: UInt64, context: RunContext
    ) throws {
        let plan = try PlanFile.read(plan)
        if let units, units < 2 * plan.policies.count {
            throw EspalierError(
                .usage, "\(units) units are too few for \(plan.policies.count) policies",
                remedy: "ask for more with --units")
        }
        let played = try OnlineRehearsal(plan, seed: seed).play(units: units, context: context)
        try Output.write(raw: String(decoding: played.bytes, as: UTF8.self), to: path)
        for entry in plan.policies {
            let values = plan.outcomes.compactMap { outcome in
                played.truth[entry.id]?[outcome.name].map { "\(outcome.name) \(NumberText.significant($0, 5))" }
            }
            Diagnostics.write("espalier: the truth of \(entry.name): \(values.joined(separator: ", ")).\n")
        }
    }
}
