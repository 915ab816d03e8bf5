import Foundation
import Runtime
import Studies

extension StudyFile {
    /// Notes what a command did, as the workbench notes its own results.
    package func log(_ result: LoggedResult) throws { try log(JSONEncoder().encode(LogEntry.result(result))) }
}

/// A study's log as a file: a header line, then one JSON line for each entry.
package struct StudyLog: Sendable, Equatable {
    package static let version = 1

    private struct Header: Codable {
        let log: Int
        let study: String
        let inputs: String
    }

    private struct Line: Codable {
        let sequence: Int
        let time: String?
        let entry: LogEntry
    }

    /// Digest of what was fitted.
    package let inputs: String
    package let entries: [LogEntry]
    /// The line of each entry in its file, from 1.
    package let lines: [Int]

    /// The log of a study as JSON lines.
    /// - Throws: `EspalierError` (.data) where an entry cannot be read.
    package static func export(_ study: StudyFile) throws -> Data {
        let description = try study.description()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines = [
            try encoder.encode(
                Header(log: version, study: description.spec.name, inputs: description.inputsDigest))
        ]
        for stored in try study.entries() {
            guard let entry = try? JSONDecoder().decode(LogEntry.self, from: stored.json) else {
                throw EspalierError(
                    .data, "entry \(stored.sequence) of the study's log cannot be read", file: study.path,
                    remedy: "use the version of espalier that wrote it")
            }
            lines.append(try encoder.encode(Line(sequence: stored.sequence, time: stored.time, entry: entry)))
        }
        return Data(lines.joined(separator: [0x0A])) + [0x0A]
    }

    /// Reads an exported log.
    /// - Throws: `EspalierError`: no such file, or the line that is not an entry.
    package init(file path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw EspalierError(
                .noInput, "the log cannot be read", file: path, remedy: "export one with `espalier log STUDY -o LOG`")
        }
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
            do {
                return try JSONDecoder().decode(Line.self, from: Data(line.utf8)).entry
            } catch {
                throw EspalierError(
                    .data, "this is not an entry of a log", file: path, line: index + 1,
                    remedy: "export the log again")
            }
        }
    }
}
