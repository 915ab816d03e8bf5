import Foundation
import Runtime
import Texts

/// The spec's text and its YAML tree.
package enum SpecText {
    private static let limit = 1 << 20

    /// The text of the file.
    /// - Throws: `EspalierError(.noInput)` when it cannot be opened; `.data` when it is no UTF-8 text, empty, or longer than
    ///   1 MiB.
    package static func read(_ path: String) throws -> String {
        let stamp = try FileStamp(path: path)
        func error(_ message: String, line: Int? = nil, remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: line, remedy: remedy)
        }
        guard stamp.bytes <= limit else {
            throw error("a spec of more than 1 MiB cannot be right", remedy: "name the spec, not the data file")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw FileStamp.cannotOpen(path) }
        let bytes = [UInt8](data)
        if bytes.starts(with: [0x1f, 0x8b]) {
            throw error("this is a gzip file, not a spec", remedy: "name the YAML file that describes the experiment")
        }
        if let index = bytes.firstIndex(of: 0) {
            throw error(
                "there is a NUL byte, so this is not a text file in UTF-8", line: lineNumber(bytes[..<index]),
                remedy: "save the spec as UTF-8 text")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error(
                "the text is not valid UTF-8", line: lineOfBrokenUTF8(bytes), remedy: "save the spec as UTF-8 text")
        }
        return text
    }

    private static func lineNumber(_ before: ArraySlice<UInt8>) -> Int { 1 + before.count { $0 == UInt8(ascii: "\n") } }

    private static func lineOfBrokenUTF8(_ bytes: [UInt8]) -> Int? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }

    /// The root of the YAML tree.
    /// - Parameters:
    ///   - name: what the file is, for messages.
    ///   - remedy: what to do about an empty file.
    /// - Throws: `EspalierError(.data)` for a syntax error, tabs that indent, aliases, or an empty file.
    package static func compose(
        _ text: String, file: String, name: String = "the spec", remedy: String = "propose one with espalier init DATA"
    ) throws -> SpecNode {
        var text = text
        if text.unicodeScalars.first == "\u{feff}" { text.unicodeScalars.removeFirst() }
        try refuseTabs(text, file: file)
        do {
            guard let node = try YAMLTree.compose(text) else {
                throw EspalierError(.data, "\(name) is empty", file: file, remedy: remedy)
            }
            return SpecNode(node: node, file: file, name: name, isRoot: true)
        } catch let problem as YAMLProblem {
            throw explained(problem, file: file)
        }
    }

    /// Tabs that indent, which YAML forbids, get a plainer sentence here than the parser's.
    private static func refuseTabs(_ text: String, file: String) throws {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        where line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t")
            && line.contains(where: { !$0.isWhitespace })
        {
            throw EspalierError(
                .data, "a tab indents this line", file: file, line: index + 1, remedy: "indent with spaces")
        }
    }

    private static func explained(_ problem: YAMLProblem, file: String) -> EspalierError {
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: file, line: problem.line, remedy: remedy)
        }
        switch problem {
        case .alias(let name, _):
            return error("the alias *\(name) stands here, and specs have no aliases", "write out what it stands for")
        case .duplicateKey(let key, _):
            return error("the key \(DisplayText.quoted(key)) stands twice in one mapping", "keep one of them")
        case .syntax(let what, _):
            return error(
                "the YAML cannot be read: \(what)",
                "correct the syntax, and quote texts that hold : # [ ] { } , & * ! | > ' \" % @ `")
        }
    }
}
