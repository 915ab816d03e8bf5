import Runtime

/// Writes a text made from the study, such as a table or a report, to a file.
package struct ExportText: StudyOperation {
    package static let kind = "export.text"
    package static let isReplayed = false

    /// Where it was written, as it was named.
    package let path: String
    /// Makes the text and puts it in its place; not kept, for a replay writes nothing.
    private let write: @Sendable (Study, RunContext) throws -> Void

    package init(path: String, write: @escaping @Sendable (Study, RunContext) throws -> Void) {
        self.path = path
        self.write = write
    }

    private enum CodingKeys: String, CodingKey { case path }

    package init(from decoder: any Decoder) throws {
        path = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .path)
        write = { _, _ in }
    }

    package static func == (a: ExportText, b: ExportText) -> Bool { a.path == b.path }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Void> {
        try write(study, context)
        return StudyChange { _ in }
    }
}
