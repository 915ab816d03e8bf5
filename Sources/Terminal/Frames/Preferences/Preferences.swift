import Runtime
import Texts
import Yams

/// What a person has set for all studies: `espalier/config.yaml` under the XDG configuration directory. Nil where the file is
/// silent.
package struct Preferences: Sendable, Hashable {
    package var theme: String?
    package var colour: ColourChoice?
    package var ascii: Bool?
    package var mouse: Bool?
    package var hints: Bool?

    package init() {}

    /// Where the file is looked for; nil where there is no home.
    package static func file(environment: [String: String]) -> String? {
        UserFolder.config.path(environment: environment).map { $0 + "/config.yaml" }
    }

    /// Reads a YAML text; `file` is named in errors. Unknown keys are errors that name the nearest known one.
    package init(yaml: String, file: String) throws(PreferencesError) {
        let root: Node?
        do {
            root = try YAMLTree.compose(yaml)
        } catch {
            throw PreferencesError(file: file, line: error.line, error.sentence)
        }
        // Nothing but comments is a file, too.
        guard let root else { return }
        guard let mapping = root.mapping else {
            if root.scalar?.string.isEmpty == true { return }
            throw PreferencesError(
                file: file, line: root.mark?.line, "the settings are not 'key: value' lines; write theme: espalier-dark"
            )
        }
        for (key, value) in mapping { try set(key, value, file) }
    }

    private mutating func set(_ key: Node, _ value: Node, _ file: String) throws(PreferencesError) {
        let name = key.scalar?.string ?? ""
        let text = value.scalar?.string ?? ""
        func wrong(_ remedy: String) -> PreferencesError {
            PreferencesError(file: file, line: value.mark?.line, "\(name) is '\(text)'; \(remedy)")
        }
        func flag() throws(PreferencesError) -> Bool {
            switch text.lowercased() {
            case "true", "on", "yes": return true
            case "false", "off", "no": return false
            default: throw wrong("write true or false")
            }
        }
        switch name {
        case "theme":
            guard !text.isEmpty else { throw wrong("name a theme, or a theme's file") }
            theme = text
        case "color", "colour":
            guard let choice = ColourChoice(rawValue: text) else {
                throw wrong("use one of \(ColourChoice.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            colour = choice
        case "ascii": ascii = try flag()
        case "mouse": mouse = try flag()
        case "hints": hints = try flag()
        case "engines":
            // Whoever asks an engine reads where it is.
            guard value.mapping != nil else { throw wrong("write {duckdb: /path/to/duckdb}") }
        default:
            let known = ["theme", "color", "ascii", "mouse", "hints", "engines"]
            let remedy =
                Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? "the keys are \(known.joined(separator: ", "))"
            throw PreferencesError(file: file, line: key.mark?.line, "unknown key '\(name)'; \(remedy)")
        }
    }
}

/// A mistake in the settings.
package struct PreferencesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: file, line, what is wrong, remedy.
    package let message: String

    init(file: String, line: Int?, _ problem: String) {
        message = file + (line.map { ":\($0)" } ?? "") + ": " + problem
    }

    package var description: String { message }
}
