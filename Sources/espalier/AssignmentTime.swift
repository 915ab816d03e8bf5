import Foundation
import Runtime

/// When units get their arms: what policies count periods by.
enum AssignmentTime {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    /// - Parameter text: a day, its start in UTC, or a time with its offset; nil is now.
    /// - Throws: `EspalierError` (.usage) for what is neither.
    static func seconds(_ text: String?) throws -> Int {
        guard let text else { return Int(Date().timeIntervalSince1970.rounded(.down)) }
        let formatter = ISO8601DateFormatter()
        let full = text.contains("T") ? text : text + "T00:00:00Z"
        guard let date = formatter.date(from: full), date.timeIntervalSince1970 >= 0 else {
            throw EspalierError(
                .usage, "--at \(text) is no time since 1970", remedy: "write --at 2026-03-01 or 2026-03-01T12:00:00Z")
        }
        return Int(date.timeIntervalSince1970)
    }
}
