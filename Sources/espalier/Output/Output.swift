import Foundation
import Runtime
import Texts

/// Where results go: stdout, or a file that is written beside its place and renamed when complete.
enum Output {
    /// - Parameter path: nil or "-" is stdout.
    /// - Throws: `EspalierError` (.cannotCreate) with the system's reason; nothing partial is left behind.
    static func write(_ data: Data, to path: String? = nil) throws {
        guard let path, path != "-" else {
            try write(data, descriptor: STDOUT_FILENO, name: "standard output")
            return
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            // A device or pipe cannot be replaced by a rename.
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw AtomicFile.failure(path) }
            defer { close(descriptor) }
            try write(data, descriptor: descriptor, name: path)
            return
        }
        try AtomicFile.write(data, to: path)
    }

    /// A result that is too long to be held: what `body` hands over goes out as it comes. To a file it is written beside its
    /// place and renamed when complete; on standard output what came before an error stays.
    static func stream(to path: String?, _ body: (_ write: (Data) throws -> Void) throws -> Void) throws {
        guard let path, path != "-" else {
            return try body { try write($0, descriptor: STDOUT_FILENO, name: "standard output") }
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw AtomicFile.failure(path) }
            defer { close(descriptor) }
            return try body { try write($0, descriptor: descriptor, name: path) }
        }
        let file = try AtomicFile.Writer(path: path)
        try body(file.write)
        try file.complete()
    }

    /// Writes text for people: what its names hold of control characters is shown as the screen shows it. CSV stays as it is.
    static func write(_ text: String, to path: String? = nil) throws {
        try write(raw: OutputStyle.current.isCSV ? text : DisplayText.escapedLines(text), to: path)
    }

    /// Writes text for programs, byte by byte.
    static func write(raw text: String, to path: String? = nil) throws { try write(Data(text.utf8), to: path) }

    /// Text that people go on to edit, such as a spec: a file that is there already is theirs and stays.
    /// - Throws: `EspalierError` (.cannotCreate) where there is a file.
    static func write(_ text: String, toNew path: String?) throws {
        var status = stat()
        if let path, path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            throw EspalierError(
                .cannotCreate, "there is a file of that name already", file: path, remedy: "choose another name")
        }
        try write(raw: text, to: path)
    }

    /// A result as JSON, keys in order, one value a line.
    static func write(json value: some Encodable, to path: String? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try write(Data(DisplayText.escapedJSON(encoder.encode(value))) + Data("\n".utf8), to: path)
    }

    private static func write(_ data: Data, descriptor: Int32, name: String) throws {
        guard AtomicFile.fill(descriptor, with: data) else { throw AtomicFile.failure(name) }
    }
}
