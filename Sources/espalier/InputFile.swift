import Foundation

/// What a file on the command line is.
enum InputFile {
    enum Kind {
        case study, spec, data
    }

    /// A study by its first bytes, whatever its name; where they cannot be read, by its name, as a spec always is.
    static func kind(_ path: String) -> Kind {
        let magic = Data("SQLite format 3\0".utf8)
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        if (try? handle?.read(upToCount: magic.count)) == magic { return .study }
        switch URL(fileURLWithPath: path).pathExtension {
        case "espalier": return .study
        case "yaml", "yml": return .spec
        default: return .data
        }
    }

    /// The same path from anywhere.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
