import Runtime
import Texts

/// What an engine says in words of its own that a person can be told better.
struct KnownFailure {
    /// Words that tell it.
    let mark: String
    let kind: EspalierError.Kind
    let message: String
    let remedy: String

    /// The error of the first whose mark a text holds; nil where none does.
    static func error(in text: String, among known: [KnownFailure], file: String?) -> EspalierError? {
        known.first { text.contains($0.mark) }.map {
            EspalierError($0.kind, $0.message, file: file, remedy: $0.remedy)
        }
    }

    /// An engine's own words where nothing better is known: printable, and no longer than a sentence may be.
    static func words(_ text: String) -> String {
        DisplayText.escaped(text.count > 300 ? text.prefix(300) + "…" : text)
    }
}
