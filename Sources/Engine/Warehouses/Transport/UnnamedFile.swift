import Foundation
import Runtime

/// Files that go with the process: they have lost their names.
enum UnnamedFile {
    /// An open file that holds a text, to be read from its beginning.
    /// - Parameter user: what it is made for, for messages.
    /// - Throws: `EspalierError(.cannotCreate)` with the system's reason.
    static func make(holding text: String, for user: String) throws -> Int32 {
        // `mkstemp` makes a file that nobody else has open and writes its name over the template.
        var template = Array((NSTemporaryDirectory() + "/espalier-engine-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw AtomicFile.failure(NSTemporaryDirectory()) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
        guard AtomicFile.fill(descriptor, with: Data(text.utf8)), lseek(descriptor, 0, SEEK_SET) == 0 else {
            let error = AtomicFile.failure(NSTemporaryDirectory())
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// An open file with room for so many bytes of text, which can be written even when the disk is full by then.
    /// - Throws: as `make`.
    static func make(withRoomFor bytes: Int, for user: String) throws -> Int32 {
        let descriptor = try make(holding: "", for: user)
        let code = posix_fallocate(descriptor, 0, off_t(bytes))
        guard code == 0 else {
            close(descriptor)
            errno = code
            throw AtomicFile.failure(NSTemporaryDirectory())
        }
        return descriptor
    }

    /// The text it holds, up to a limit of bytes.
    static func text(of descriptor: Int32, limit: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = pread(descriptor, &bytes, limit, 0)
        // Room that was not used is all zeroes.
        return String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 0 }, as: UTF8.self)
    }
}
