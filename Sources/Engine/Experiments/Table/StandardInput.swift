import Foundation
import Runtime
import Synchronization

/// Standard input as a data file, named `-`: what came through the pipe is kept in a file without a name, so that it can be
/// read more than once.
enum StandardInput {
    static let name = "-"

    private static let kept = Mutex<String?>(nil)

    /// Whether it was read by this process.
    static var isKept: Bool { kept.withLock { $0 != nil } }

    /// The path by which the system opens a data file.
    /// - Throws: `EspalierError(.noInput)` where standard input is a terminal or cannot be kept.
    static func path(of path: String) throws -> String {
        guard path == name else { return path }
        return try kept.withLock { kept in
            if let kept { return kept }
            let place = try keep()
            kept = place
            return place
        }
    }

    private static func keep() throws -> String {
        guard isatty(STDIN_FILENO) == 0 else {
            throw EspalierError(
                .noInput, "standard input is the terminal, not data", file: name,
                remedy: "pipe the data in, or name their file")
        }
        var template = Array((NSTemporaryDirectory() + "/espalier-input-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure("kept in \(NSTemporaryDirectory())") }
        unlink(template)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            let piece = Data(bytesNoCopy: buffer.baseAddress.unsafelyUnwrapped, count: count, deallocator: .none)
            guard AtomicFile.fill(descriptor, with: piece) else { throw failure("kept in \(NSTemporaryDirectory())") }
        }
        // The file has no name of its own any more; it goes with the process.
        return "/proc/self/fd/\(descriptor)"
    }

    private static func failure(_ what: String) -> EspalierError {
        EspalierError(
            .noInput, "standard input cannot be \(what): \(String(cString: strerror(errno)))", file: name,
            remedy: "save the data in a file and name it")
    }
}
