import Foundation
import Runtime
import Synchronization
import Texts

/// Where results go: stdout, or a file that is written beside its place and renamed when complete. A file that is there
/// already stays, unless `--force` was given; what was written is said on stderr.
enum Output {
    /// What goes to the destination of `-o`, until the command is done.
    private static let held = Mutex(Data())

    /// - Parameter path: nil is the destination of `-o`, and "-" is stdout, as where there is no destination.
    /// - Throws: `EspalierError` (.cannotCreate) with the system's reason; nothing partial is left behind.
    static func write(_ data: Data, to path: String? = nil) throws {
        if path == nil, OutputStyle.current.destination != nil {
            held.withLock { $0 += data }
            return
        }
        guard let path, path != "-" else {
            try write(data, descriptor: STDOUT_FILENO, name: "standard output")
            return
        }
        if try special(path, { try write(data, descriptor: $0, name: path) }) { return }
        try refuseOverwriting(path)
        try AtomicFile.write(data, to: path)
        announce(path, bytes: data.count)
    }

    /// Writes what was held for the destination of `-o`.
    /// - Throws: `EspalierError` (.cannotCreate).
    static func finish() throws {
        guard let destination = OutputStyle.current.destination else { return }
        let data = held.withLock { data in
            defer { data = Data() }
            return data
        }
        if !data.isEmpty { try write(data, to: destination) }
    }

    /// A result that is too long to be held: what `body` hands over goes out as it comes. To a file it is written beside its
    /// place and renamed when complete; on standard output what came before an error stays.
    static func stream(to path: String? = nil, _ body: (_ write: (Data) throws -> Void) throws -> Void) throws {
        guard let path = path ?? OutputStyle.current.destination, path != "-" else {
            return try body { try write($0, descriptor: STDOUT_FILENO, name: "standard output") }
        }
        let isSpecial = try special(path) { descriptor in
            try body { try write($0, descriptor: descriptor, name: path) }
        }
        if isSpecial { return }
        try refuseOverwriting(path)
        let file = try AtomicFile.Writer(path: path)
        var count = 0
        try body {
            try file.write($0)
            count += $0.count
        }
        try file.complete()
        announce(path, bytes: count)
    }

    /// Writes text for people: what its names hold of control characters is shown as the screen shows it. CSV stays as it is.
    static func write(_ text: String, to path: String? = nil) throws {
        try write(raw: OutputStyle.current.isCSV ? text : DisplayText.escapedLines(text), to: path)
    }

    /// Writes text for programs, byte by byte.
    static func write(raw text: String, to path: String? = nil) throws { try write(Data(text.utf8), to: path) }

    /// A result as JSON, keys in order, one value a line.
    static func write(json value: some Encodable, to path: String? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try write(Data(DisplayText.escapedJSON(encoder.encode(value))) + Data("\n".utf8), to: path)
    }

    /// Asked before long work, so that it is not done for nothing.
    /// - Parameter path: nil and "-" are standard output.
    /// - Throws: `EspalierError` (.cannotCreate) where there is a file that may not be replaced.
    static func refuseOverwriting(_ path: String?) throws {
        var status = stat()
        guard let path, path != "-", !OutputStyle.current.mayOverwrite, stat(path, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return }
        throw EspalierError(
            .cannotCreate, "there is a file of that name already", file: path,
            remedy: "choose another name, or replace it with --force")
    }

    /// Says that a file was written, by somebody else than this.
    /// - Throws: `EspalierError` (.cannotCreate) where it is not there.
    static func announce(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw AtomicFile.failure(path) }
        announce(path, bytes: Int(status.st_size))
    }

    /// Says that a file was written.
    private static func announce(_ path: String, bytes: Int) {
        Diagnostics.note("wrote \(path), \(NumberText.grouped(bytes)) bytes")
    }

    /// Writes to a device or a pipe, which cannot be replaced by a rename.
    /// - Returns: whether it is one.
    private static func special(_ path: String, _ body: (Int32) throws -> Void) throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return false }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFile.failure(path) }
        defer { close(descriptor) }
        try body(descriptor)
        return true
    }

    private static func write(_ data: Data, descriptor: Int32, name: String) throws {
        guard AtomicFile.fill(descriptor, with: data) else { throw AtomicFile.failure(name) }
    }
}
