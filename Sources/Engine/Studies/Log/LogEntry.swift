import Foundation

/// One entry of a study's log: what was done, under the kind that says how to read it.
package struct LogEntry: Sendable, Equatable {
    /// That of an operation, or `view` for what the analyst did at the workbench.
    package let kind: String
    /// A JSON object on one line.
    package let json: Data

    /// The kind of the workbench's own entries.
    package static let view = "view"
    /// The kind of entries that nobody knows how to read; they are kept, and said.
    package static let unknown = "unknown"

    package init(kind: String, json: Data) {
        self.kind = kind
        self.json = json
    }

    package init<Operation: StudyOperation>(_ operation: Operation) throws {
        self.init(kind: Operation.kind, json: try Self.encoder.encode(operation))
    }

    /// An entry of the workbench.
    package init(view action: some Encodable) throws {
        self.init(kind: Self.view, json: try Self.encoder.encode(action))
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// An entry as the study keeps it.
package struct StoredEntry: Sendable, Equatable {
    package let sequence: Int
    /// ISO 8601, UTC; nil in studies from before times were kept.
    package let time: String?
    package let entry: LogEntry
}
