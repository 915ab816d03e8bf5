import Runtime
import Simulation

/// The days after a launch, played.
enum RehearsedLaunch {
    /// Of a day, unless told otherwise.
    private static let usersPerDay = 2_000

    /// Writes the log that `online monitor` reads.
    /// - Parameter units: of all days together.
    static func write(
        _ policy: String, to path: String, days: Int, units: Int?, loss: Double, seed: UInt64, context: RunContext
    ) throws {
        let document = try PolicyFile.read(policy)
        let users = units.map { $0 / days } ?? usersPerDay
        guard users > 0 else {
            throw EspalierError(
                .usage, "\(units ?? 0) units are fewer than \(days) days", remedy: "ask for more with --units")
        }
        let bytes = try LaunchRehearsal(document, seed: seed).play(
            days: days, users: users, loss: loss, context: context)
        try Output.write(raw: String(decoding: bytes, as: UTF8.self), to: path)
    }
}
