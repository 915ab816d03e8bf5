import ArgumentParser
import Foundation
import Frames
import Policies
import Studies

/// What shells complete: files of the kind that is wanted, and the names that the study on the command line knows.
extension CompletionKind {
    static var study: CompletionKind { .file(extensions: ["espalier"]) }
    static var spec: CompletionKind { .file(extensions: ["yaml", "yml", "espalier"]) }
    static var policy: CompletionKind { .file(extensions: ["json", "gz"]) }
    static var data: CompletionKind { .file(extensions: ["csv", "gz", "tsv", "jsonl", "parquet"]) }

    static var candidates: CompletionKind {
        names { try $0.candidates().map { $0.name.isEmpty ? "\($0.id)" : $0.name } }
    }
    static var arms: CompletionKind { names { Array(try $0.description().space.arms.dropFirst()) } }
    static var outcomes: CompletionKind { names { try $0.description().space.outcomes.map(\.name) } }
    static var armValues: CompletionKind { names { try $0.description().space.arms.dropFirst().map { $0 + "=" } } }
    static var outcomeValues: CompletionKind { names { try $0.description().space.outcomes.map { $0.name + "=" } } }
    static var knobs: CompletionKind {
        names { file in
            let space = try file.description().space
            return Knob.all(in: space).map { $0.name(in: space) }
        }
    }
    static var themes: CompletionKind {
        .custom { _, _, _ in (try? ThemeSelection(Preferences()))?.names ?? [] }
    }
    static var topics: CompletionKind { .list(HelpTopic.allCases.map(\.rawValue)) }

    /// Names in the study among the words typed so far; none where there is no study, for a shell shows no errors.
    private static func names(_ list: @escaping @Sendable (StudyFile) throws -> [String]) -> CompletionKind {
        .custom { words, _, _ in
            guard let path = words.lazy.map(typed).first(where: { InputFile.kind($0) == .study }),
                let file = try? StudyFile(opening: path)
            else { return [] }
            return (try? list(file)) ?? []
        }
    }

    /// A word as the command would get it: shells hand over what was typed.
    private static func typed(_ word: String) -> String {
        var text = ""
        var isEscaped = false
        var quote: Character?
        for character in word {
            if isEscaped {
                text.append(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            } else {
                text.append(character)
            }
        }
        return text
    }
}
