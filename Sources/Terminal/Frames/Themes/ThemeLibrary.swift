import Foundation
import Runtime

/// The theme files that can be found.
package struct ThemeLibrary: Sendable, Hashable {
    /// Where to look, first things first.
    package let directories: [String]
    /// Themes that need no file, YAML by name; files come first.
    private let builtIn: [String: String]

    package init(directories: [String]) { self.init(directories: directories, builtIn: [:]) }

    private init(directories: [String], builtIn: [String: String]) {
        self.directories = directories
        self.builtIn = builtIn
    }

    /// `themes` beside the executable or in a directory above it, then `espalier/themes` under the XDG data directory, then the
    /// themes that the binary carries.
    package static func standard(executable: String, environment: [String: String]) -> ThemeLibrary {
        var directories: [String] = []
        var place = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
        while true {
            directories.append(place.appendingPathComponent("themes").path)
            if place.path == "/" { break }
            place.deleteLastPathComponent()
        }
        if let data = UserFolder.data.path(environment: environment) { directories.append(data + "/themes") }
        return ThemeLibrary(directories: directories, builtIn: BuiltInThemes.texts)
    }

    /// The names of all themes, sorted.
    package var names: [String] {
        let files = directories.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        return Set(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }).union(builtIn.keys).sorted()
    }

    /// The theme of this name, or in this file when `name` is a path.
    package func theme(named name: String) throws(ThemeError) -> Theme {
        if name.contains("/") || name.hasSuffix(".yaml") { return try Theme(file: name) }
        for directory in directories {
            let file = "\(directory)/\(name).yaml"
            if FileManager.default.fileExists(atPath: file) { return try Theme(file: file) }
        }
        if let yaml = builtIn[name] { return try Theme(yaml: yaml, file: name) }
        let names = names
        let remedy =
            names.isEmpty
            ? "no theme file was found in \(directories.joined(separator: ", "))."
            : Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? "the themes are \(names.joined(separator: ", "))."
        throw ThemeError(file: name, line: nil, "there is no such theme; \(remedy)")
    }
}

extension Theme {
    /// The theme in a YAML file.
    package init(file: String) throws(ThemeError) {
        let yaml: String
        do {
            yaml = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw ThemeError(file: file, line: nil, "the theme cannot be read; name a UTF-8 file that exists.")
        }
        self = try Theme(yaml: yaml, file: file)
    }

    /// The theme in a YAML text; `file` is named in errors.
    package init(yaml: String, file: String) throws(ThemeError) {
        self = try ThemeReader(file: file).theme(from: yaml)
    }
}
