import Foundation

/// Files written whole or not at all: beside their places first, on the disk, then renamed.
package enum AtomicFile {
    /// - Throws: `EspalierError` (.cannotCreate) with the system's reason; what was there before stays as it was.
    package static func write(_ data: Data, to path: String) throws { try write([(path, data)]) }

    /// Several files, none of which is put in place before all of them are complete. A symbolic link stays one, its target is
    /// replaced; a file that was there keeps its mode.
    package static func write(_ files: [(path: String, data: Data)]) throws {
        let partials = try files.map { path, data in
            let partial = try PartialFile(path)
            try partial.write(data)
            try partial.sync()
            return partial
        }
        for folder in Set(try partials.map { try $0.put() }) { flush(folder: folder) }
    }

    /// A file that is written piece by piece and stands in its place when it is complete; until then, and if that never comes,
    /// what was there before stays as it was.
    package final class Writer {
        private let partial: PartialFile

        /// - Throws: `EspalierError` (.cannotCreate) with the system's reason.
        package init(path: String) throws { partial = try PartialFile(path) }

        /// - Throws: `EspalierError` (.cannotCreate).
        package func write(_ data: Data) throws { try partial.write(data) }

        /// Puts the file in its place.
        /// - Throws: `EspalierError` (.cannotCreate).
        package func complete() throws {
            try partial.sync()
            AtomicFile.flush(folder: try partial.put())
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
