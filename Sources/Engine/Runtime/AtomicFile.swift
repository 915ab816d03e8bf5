import Foundation

/// Files written whole or not at all: beside their places first, on the disk, then renamed.
package enum AtomicFile {
    private struct Pending {
        let beside: String
        let place: String
    }

    /// - Throws: `EspalierError` (.cannotCreate) with the system's reason; what was there before stays as it was.
    package static func write(_ data: Data, to path: String) throws { try write([(path, data)]) }

    /// Several files, none of which is put in place before all of them are complete. A symbolic link stays one, its target is
    /// replaced; a file that was there keeps its mode.
    package static func write(_ files: [(path: String, data: Data)]) throws {
        var pending: [Pending] = []
        defer {
            for file in pending { unlink(file.beside) }
        }
        for (path, data) in files {
            let place = target(of: path)
            let folder = folder(of: place)
            let beside = folder + "/.espalier-\(UUID().uuidString).partial"
            let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw failure(path) }
            defer { close(descriptor) }
            pending.append(Pending(beside: beside, place: place))
            var status = stat()
            let keepsMode = stat(place, &status) != 0 || fchmod(descriptor, status.st_mode & 0o7777) == 0
            guard keepsMode, fill(descriptor, with: data), fsync(descriptor) == 0 else { throw failure(path) }
        }
        for (file, named) in zip(pending, files) {
            guard rename(file.beside, file.place) == 0 else { throw failure(named.path) }
        }
        for folder in Set(pending.map { folder(of: $0.place) }) { flush(folder: folder) }
    }

    /// A file that is written piece by piece and stands in its place when it is complete; until then, and if that never comes,
    /// what was there before stays as it was.
    package final class Writer {
        private let path: String
        private let pending: Pending
        private let descriptor: Int32
        private var isComplete = false

        /// - Throws: `EspalierError` (.cannotCreate) with the system's reason.
        package init(path: String) throws {
            self.path = path
            let place = AtomicFile.target(of: path)
            pending = Pending(
                beside: AtomicFile.folder(of: place) + "/.espalier-\(UUID().uuidString).partial", place: place)
            descriptor = open(pending.beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw AtomicFile.failure(path) }
            var status = stat()
            guard stat(place, &status) != 0 || fchmod(descriptor, status.st_mode & 0o7777) == 0 else {
                throw AtomicFile.failure(path)
            }
        }

        deinit {
            if descriptor >= 0 { close(descriptor) }
            if !isComplete { unlink(pending.beside) }
        }

        /// - Throws: `EspalierError` (.cannotCreate).
        package func write(_ data: Data) throws {
            guard AtomicFile.fill(descriptor, with: data) else { throw AtomicFile.failure(path) }
        }

        /// Puts the file in its place.
        /// - Throws: `EspalierError` (.cannotCreate).
        package func complete() throws {
            guard fsync(descriptor) == 0, rename(pending.beside, pending.place) == 0 else {
                throw AtomicFile.failure(path)
            }
            isComplete = true
            AtomicFile.flush(folder: AtomicFile.folder(of: pending.place))
        }
    }

    /// Writes all bytes to an open file; false, with the reason in errno, where they cannot be written.
    package static func fill(_ descriptor: Int32, with data: Data) -> Bool {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno != EINTR { return false }
                rest = rest.dropFirst(max(0, count))
            }
            return true
        }
    }

    /// What the last system call that failed says of writing to `path`.
    package static func failure(_ path: String) -> EspalierError {
        EspalierError(
            .cannotCreate, "the file cannot be written (\(String(cString: strerror(errno))))", file: path,
            remedy: "choose a place that may be written and has room")
    }

    /// Where a chain of symbolic links ends, whether or not there is a file.
    package static func target(of path: String) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { break }
            place = next.hasPrefix("/") ? next : folder(of: place) + "/" + next
        }
        return place
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Puts the renaming itself on the disk; a file system that cannot do so has no say.
    package static func flush(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
