import Foundation
import Runtime

/// A data file on disk: where it is, and what identifies it.
package enum DataFile {
    /// The path of a spec's data: as written if absolute, else in the spec's folder.
    package static func path(_ data: String, inFolder folder: String) -> String {
        data.hasPrefix("/") || folder.isEmpty || folder == "." ? data : folder + "/" + data
    }

    /// The folder of a file, "" if its path names none.
    package static func folder(ofFile path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Size and time only, at once; `sha256` stays empty.
    /// - Throws: `EspalierError(.noInput)`.
    package static func quickDigest(_ path: String, as name: String) throws -> DataDigest {
        let stamp = try FileStamp(path: path)
        return DataDigest(path: name, bytes: stamp.bytes, modified: stamp.modified, sha256: "")
    }

    /// The same of all data files of a spec, as one digest.
    /// - Throws: `EspalierError(.noInput)`.
    package static func quickDigest(of spec: ExperimentSpec, inFolder folder: String) throws -> DataDigest {
        try DataDigest(joining: spec.dataFiles.map { try quickDigest(path($0, inFolder: folder), as: $0) })
    }

    /// Size, time and SHA-256 of the file's bytes.
    /// - Throws: `EspalierError(.noInput)`; `CancellationError`.
    /// - Complexity: O(bytes).
    package static func digest(_ path: String, as name: String, cancellation: Cancellation) throws -> DataDigest {
        let stamp = try FileStamp(path: path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileStamp.cannotOpen(path) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        var hash = SHA256()
        while true {
            try cancellation.check()
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileStamp.cannotOpen(path) }
            if count == 0 { break }
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return DataDigest(path: name, bytes: stamp.bytes, modified: stamp.modified, sha256: hash.finish())
    }

    /// The same of all data files of a spec, as one digest.
    /// - Throws: `EspalierError(.noInput)`; `CancellationError`.
    package static func digest(
        of spec: ExperimentSpec, inFolder folder: String, cancellation: Cancellation
    ) throws -> DataDigest {
        try DataDigest(
            joining: spec.dataFiles.map { try digest(path($0, inFolder: folder), as: $0, cancellation: cancellation) })
    }

    /// Reads the columns and the digest side by side.
    /// - Throws: `EspalierError`, also when the file changes meanwhile; `CancellationError`.
    static func read(_ reader: TableReader, as name: String, context: RunContext) throws -> (Table, DataDigest) {
        enum Part {
            case table(Table)
            case digest(DataDigest)
        }
        let before = try FileStamp(path: reader.path)
        guard before.isRegular else {
            throw EspalierError(
                .noInput, "this is not a regular file", file: reader.path, remedy: "save the data in a file first")
        }
        let unneeded = Cancellation()
        let parts = try context.workers.map(2) { part in
            if part == 1 { return Part.digest(try digest(reader.path, as: name, cancellation: unneeded)) }
            do {
                return Part.table(try reader.read(context: context))
            } catch {
                unneeded.cancel()
                throw error
            }
        }
        let after = try FileStamp(path: reader.path)
        guard case .table(let table) = parts[0], case .digest(let digest) = parts[1], before == after else {
            throw EspalierError(
                .data, "the file changed while it was being read", file: reader.path, remedy: "read it again")
        }
        return (table, digest)
    }
}
