import Yams

/// Why a text is not YAML that is read here, with the line, from 1.
package enum YAMLProblem: Error, Sendable, Hashable {
    case alias(String, line: Int)
    case duplicateKey(String, line: Int)
    case syntax(String, line: Int?)

    init(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            self = .syntax(context.map { "\($0.text) (line \($0.mark.line)), \(problem)" } ?? problem, line: mark.line)
        case .reader(let problem, let offset, _, let yaml):
            self = .syntax(problem, line: offset.map { 1 + yaml.prefix($0).count(where: \.isNewline) })
        case .duplicatedKeysInMapping(let keys, let context):
            self = .duplicateKey(keys.first ?? "", line: context.mark.line)
        default: self = .syntax("it is beyond the parser", line: nil)
        }
    }

    package var line: Int? {
        switch self {
        case .alias(_, let line), .duplicateKey(_, let line): line
        case .syntax(_, let line): line
        }
    }

    /// What is wrong, for files that have no words of their own for it.
    package var sentence: String {
        switch self {
        case .alias(let name, _):
            "the alias *\(name) stands here, and aliases are not read; write out what it stands for"
        case .duplicateKey(let key, _): "the key '\(key)' stands twice in one mapping; keep one of them"
        case .syntax(let problem, let line): "this is not YAML: \(problem); correct \(line == nil ? "it" : "the line")"
        }
    }
}
