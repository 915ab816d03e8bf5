import Foundation
import Runtime

/// Size and modification time of a file, by which a change is noticed at once; of several, all bytes and the latest time.
struct FileStamp: Sendable, Equatable {
    let bytes: Int
    /// Seconds since 1970.
    let modified: Double
    let isRegular: Bool

    /// - Throws: `EspalierError(.noInput)` when there is no such file or it is a folder.
    init(path: String) throws {
        let stamps = try DataLocation(path).files.map { try FileStamp(file: $0) }
        bytes = stamps.reduce(0) { $0 + $1.bytes }
        modified = stamps.map(\.modified).max() ?? 0
        isRegular = stamps.allSatisfy(\.isRegular)
    }

    private init(file path: String) throws {
        var status = stat()
        guard stat(try StandardInput.path(of: path), &status) == 0 else { throw Self.cannotOpen(path) }
        self.init(status)
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw EspalierError(.noInput, "this is a folder, not a file", file: path, remedy: "name a file in it")
        }
    }

    /// - Throws: `EspalierError(.noInput)` for what cannot be read more than once.
    func requireRegular(_ path: String) throws {
        guard isRegular else {
            throw EspalierError(
                .noInput, "this is not a regular file", file: path,
                remedy: "save the data in a file first, or pipe them in and name -")
        }
    }

    init(_ status: stat) {
        bytes = Int(status.st_size)
        modified = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }

    /// The error for a failed system call on a path; to be made while `errno` is fresh.
    static func cannotOpen(_ path: String) -> EspalierError {
        let code = errno
        return EspalierError(
            .noInput, "cannot be opened: \(String(cString: strerror(code)))", file: path,
            remedy: code == ENOENT ? "check the path" : nil)
    }
}
