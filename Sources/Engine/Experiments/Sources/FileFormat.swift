import Foundation

/// What a file holds, by its first bytes, whatever its name.
enum FileFormat: Sendable, Equatable {
    case text, parquet, database

    /// nil where there is no file that can be opened, or it is no regular one: a pipe must not be read from twice.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else {
            self = .text
            return
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            self = .text
            return
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 12)
        let count = read(descriptor, &bytes, bytes.count)
        if count >= 4, bytes[..<4].elementsEqual("PAR1".utf8) {
            self = .parquet
        } else if count >= 12, bytes[8..<12].elementsEqual("DUCK".utf8) {
            // Behind a checksum of the header.
            self = .database
        } else {
            self = .text
        }
    }
}
