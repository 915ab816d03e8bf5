import Foundation
import Statistics
import Yams

/// The spec's text and its YAML tree.
enum SpecText {
    private static let limit = 1 << 20

    /// The text of the file.
    /// - Throws: `EspalierError(.noInput)` when it cannot be opened; `.data` when it is no UTF-8 text, empty, or longer than
    ///   1 MiB.
    static func read(_ path: String) throws -> String {
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
    /// - Throws: `EspalierError(.data)` for a syntax error, tabs that indent, aliases, or an empty file.
    static func compose(_ text: String, file: String) throws -> SpecNode {
        var text = text
        if text.unicodeScalars.first == "\u{feff}" { text.unicodeScalars.removeFirst() }
        try refuseTabsAndAliases(text, file: file)
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw EspalierError(
                    .data, "the spec is empty", file: file, remedy: "propose one with espalier init DATA")
            }
            return SpecNode(node: node, file: file, name: "the spec")
        } catch let error as YamlError {
            throw explained(error, file: file)
        }
    }

    /// Tabs that indent, which YAML forbids, get a plainer sentence here than the parser's; aliases are refused, because one
    /// page of them can stand for a tree of any size.
    private static func refuseTabsAndAliases(_ text: String, file: String) throws {
        var anchors: Set<Substring> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t"),
                line.contains(where: { !$0.isWhitespace })
            {
                throw EspalierError(
                    .data, "a tab indents this line", file: file, line: index + 1, remedy: "indent with spaces")
            }
            var startsToken = true
            var rest = line
            while let character = rest.first {
                rest = rest.dropFirst()
                if character == "#", startsToken { break }
                if startsToken, character == "&" || character == "*" {
                    let name = rest.prefix { !$0.isWhitespace && !",[]{}:".contains($0) }
                    if character == "&" { anchors.insert(name) }
                    if character == "*", anchors.contains(name) {
                        throw EspalierError(
                            .data, "the alias *\(name) stands here, and specs have no aliases", file: file,
                            line: index + 1,
                            remedy: "write out what it stands for")
                    }
                }
                startsToken = startsToken && "-?".contains(character) || " [{,:".contains(character)
            }
        }
    }

    private static func explained(_ error: YamlError, file: String) -> EspalierError {
        func explain(_ problem: String, _ line: Int?) -> EspalierError {
            EspalierError(
                .data, "the YAML cannot be read: \(problem)", file: file, line: line,
                remedy: "correct the syntax, and quote texts that hold : # [ ] { } , & * ! | > ' \" % @ `")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return explain(context.map { "\($0.text) (line \($0.mark.line)), \(problem)" } ?? problem, mark.line)
        case .reader(let problem, let offset, _, let yaml):
            let line = offset.map { 1 + yaml.prefix($0).count(where: \.isNewline) }
            return explain(problem, line)
        case .duplicatedKeysInMapping(let keys, let context):
            return EspalierError(
                .data, "the key \(UTF8Text.shown(keys.first ?? "")) stands twice in one mapping", file: file,
                line: context.mark.line, remedy: "keep one of them")
        default:
            return explain("it is beyond the parser", nil)
        }
    }
}
