import Foundation
import Runtime

/// A study's log as a file: a header line, then one JSON line for each entry.
package struct StudyLog: Sendable, Equatable {
    /// Of the files written here. Version 1 had entries without kinds, version 2 choices as Swift writes them.
    package static let version = 3

    /// Digest of what was fitted.
    package let inputs: String
    package let entries: [LogEntry]
    /// The line of each entry in its file, from 1.
    package let lines: [Int]

    private struct Header: Codable {
        let log: Int
        let study: String
        let inputs: String
    }

    /// The log of a study as JSON lines, keys sorted.
    /// - Throws: `EspalierError` (.data) where an entry is no JSON.
    package static func export(_ study: StudyFile) throws -> Data {
        let description = try study.description()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines = [
            try encoder.encode(
                Header(log: version, study: description.spec.name, inputs: description.inputsDigest))
        ]
        for stored in try study.entries() {
            guard let entry = try? JSONSerialization.jsonObject(with: stored.entry.json) else {
                throw EspalierError(
                    .data, "entry \(stored.sequence) of the study's log cannot be read", file: study.path,
                    remedy: "use the version of espalier that wrote it")
            }
            var line: [String: Any] = [
                "sequence": stored.sequence, "kind": stored.entry.kind, "entry": PlainEntry.plain(entry),
            ]
            line["time"] = stored.time
            lines.append(
                try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys, .withoutEscapingSlashes]))
        }
        return Data(lines.joined(separator: [0x0A])) + [0x0A]
    }

    /// Reads an exported log, of this version or an earlier one.
    /// - Throws: `EspalierError`: no such file, or the line that is not an entry.
    package init(file path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EspalierError(
                .noInput, "the log cannot be read", file: path, remedy: "export one with `espalier log STUDY -o LOG`")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .filter { !$0.element.isEmpty }
        guard let first = written.first?.element,
            let header = try? JSONDecoder().decode(Header.self, from: Data(first.utf8))
        else {
            throw EspalierError(
                .data, "this is not a study's log", file: path, line: 1,
                remedy: "export one with `espalier log STUDY -o LOG`")
        }
        guard header.log <= Self.version else {
            throw EspalierError(
                .data, "the log has format \(header.log), newer than the \(Self.version) known here", file: path,
                line: 1, remedy: "update espalier")
        }
        inputs = header.inputs
        lines = written.dropFirst().map { $0.offset + 1 }
        entries = try written.dropFirst().map { index, line in
            guard let entry = Self.entry(line, version: header.log) else {
                throw EspalierError(
                    .data, "this is not an entry of a log", file: path, line: index + 1,
                    remedy: "export the log again")
            }
            return entry
        }
    }

    private static func entry(_ line: Substring, version: Int) -> LogEntry? {
        guard let fields = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any],
            fields["sequence"] is Int, let entry = fields["entry"] as? [String: Any]
        else { return nil }
        guard version > 1 else { return Format2Entry.converted(entry) }
        guard let kind = fields["kind"] as? String,
            let json = try? JSONSerialization.data(
                withJSONObject: version > 2 ? PlainEntry.restored(entry) : entry,
                options: [.sortedKeys, .withoutEscapingSlashes])
        else { return nil }
        return LogEntry(kind: kind, json: json)
    }
}
