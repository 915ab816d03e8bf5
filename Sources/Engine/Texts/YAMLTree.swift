import Yams

/// The YAML that people write: specs, themes, settings.
package enum YAMLTree {
    /// The root of the tree; nil where there is nothing but comments.
    /// - Throws: `YAMLProblem`.
    package static func compose(_ text: String) throws(YAMLProblem) -> Node? {
        if let alias = alias(in: text) { throw alias }
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw YAMLProblem(error)
        } catch {
            throw .syntax("\(error)", line: nil)
        }
    }

    /// The first alias of an anchor that stands before it. Aliases are refused, because one page of them can stand for a tree of
    /// any size; what only looks like one, as in a text of many words, has no anchor. Quoted text counts too: a reader that skipped
    /// it could be led past an alias.
    private static func alias(in text: String) -> YAMLProblem? {
        var anchors: Set<Substring> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var startsToken = true
            var quote: Character?
            var rest = line
            while let character = rest.first {
                rest = rest.dropFirst()
                if character == "#", startsToken, quote == nil { break }
                if character == quote {
                    quote = nil
                } else if quote == nil, character == "\"" || character == "'" {
                    quote = character
                }
                if startsToken, character == "&" || character == "*" {
                    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
                    if character == "&" { anchors.insert(name) }
                    if character == "*", anchors.contains(name) { return .alias(String(name), line: index + 1) }
                }
                startsToken = startsToken && "-?".contains(character) || " \t[{,:".contains(character)
            }
        }
        return nil
    }
}
