import Foundation
import Runtime
import Warehouses

/// A data file on disk: where it is, and what identifies it.
package enum DataFile {
    /// The path of a spec's data: as written if absolute, else in the spec's folder.
    package static func path(_ data: String, inFolder folder: String) -> String {
        data.hasPrefix("/") || data == StandardInput.name || folder.isEmpty || folder == "."
            || ServerAddress.engine(of: data) != nil
            ? data : folder + "/" + data
    }

    /// The path of a data file as a spec in `folder` names it.
    package static func relative(_ path: String, toFolder folder: String) -> String {
        guard !path.hasPrefix("/"), path != StandardInput.name, ServerAddress.engine(of: path) == nil else {
            return path
        }
        let current = FileManager.default.currentDirectoryPath
        func parts(_ path: String) -> [Substring] {
            let whole = path.hasPrefix("/") ? path : current + "/" + path
            return whole.split(separator: "/").reduce(into: []) { parts, part in
                if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
            }
        }
        let (file, place) = (parts(path), parts(folder))
        let shared = zip(file, place).prefix { $0 == $1 }.count
        return (place[shared...].map { _ in ".." } + file[shared...]).joined(separator: "/")
    }

    /// Whether there are data at a path, be it a file, a pattern that some match, or a database and a table in it.
    package static func isThere(_ path: String) -> Bool {
        guard let location = try? DataLocation(path) else { return false }
        return location.files.allSatisfy { FileManager.default.fileExists(atPath: $0) }
    }

    /// The folder in which what is made of the data stands, and the data's name without endings.
    package static func home(of path: String) -> (folder: String, name: String) { DataLocation.home(of: path) }

    /// The folder of a file, "" if its path names none.
    package static func folder(ofFile path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Size and time only, at once; `sha256` stays empty.
    /// - Throws: `EspalierError(.noInput)`.
    package static func quickDigest(_ path: String, as name: String) throws -> DataDigest {
        guard path != StandardInput.name || StandardInput.isKept else {
            throw EspalierError(
                .noInput, "the data came from standard input and were not kept", file: path,
                remedy: "save them in a file and name it under data")
        }
        let stamp = try FileStamp(path: path)
        return DataDigest(path: name, bytes: stamp.bytes, modified: stamp.modified, sha256: "")
    }

    /// The same of all data files of a spec, as one digest.
    /// - Throws: `EspalierError(.noInput)`.
    package static func quickDigest(of spec: ExperimentSpec, inFolder folder: String) throws -> DataDigest {
        try DataDigest(of: spec) { try quickDigest(path($0, inFolder: folder), as: $0) }
    }

    /// The same of data that stay where they are: names, sizes and times stand for the bytes, which nobody reads in one place.
    /// - Throws: `EspalierError(.noInput)`.
    package static func stampDigest(of spec: ExperimentSpec, inFolder folder: String) throws -> DataDigest {
        let quick = try quickDigest(of: spec, inFolder: folder)
        let stamp = "\(quick.path) \(quick.bytes) \(quick.modified)"
        return DataDigest(
            path: quick.path, bytes: quick.bytes, modified: quick.modified,
            sha256: SHA256.hexadecimal(of: Data(stamp.utf8)))
    }

    /// Size, time and SHA-256 of the file's bytes.
    /// - Throws: `EspalierError(.noInput)`; `CancellationError`.
    /// - Complexity: O(bytes).
    package static func digest(_ path: String, as name: String, cancellation: Cancellation) throws -> DataDigest {
        try DataDigest(
            joining: DataLocation(path).files.map { try digest(file: $0, as: name, cancellation: cancellation) })
    }

    private static func digest(file path: String, as name: String, cancellation: Cancellation) throws -> DataDigest {
        let stamp = try FileStamp(path: path)
        let descriptor = open(try StandardInput.path(of: path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileStamp.cannotOpen(path) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        let hash = SHA256()
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
        try DataDigest(of: spec) { try digest(path($0, inFolder: folder), as: $0, cancellation: cancellation) }
    }

    /// Reads the columns and the digest side by side.
    /// - Throws: `EspalierError`, also when the file changes meanwhile; `CancellationError`.
    static func read(_ reader: TableReader, as name: String, context: RunContext) throws -> (Table, DataDigest) {
        try read(reader.path, as: name, context: context) { try reader.read(context: context) }
    }

    /// Makes of a file what `body` makes of it, and the digest side by side.
    /// - Throws: what `body` throws; `EspalierError`, also when the file changes meanwhile; `CancellationError`.
    static func read<Value: Sendable>(
        _ path: String, as name: String, context: RunContext, body: @Sendable () throws -> Value
    ) throws -> (Value, DataDigest) {
        let before = try FileStamp(path: path)
        try before.requireRegular(path)
        let unneeded = Cancellation()
        let parts = try context.workers.map(2) { part -> ReadPart<Value> in
            if part == 1 { return ReadPart.digest(try digest(path, as: name, cancellation: unneeded)) }
            do {
                return ReadPart.value(try body())
            } catch {
                unneeded.cancel()
                throw error
            }
        }
        let after = try FileStamp(path: path)
        guard case .value(let value) = parts[0], case .digest(let digest) = parts[1], before == after else {
            throw EspalierError(
                .data, "the file changed while it was being read", file: path, remedy: "read it again")
        }
        return (value, digest)
    }
}

/// What comes of reading a file and its digest side by side.
private enum ReadPart<Value: Sendable>: Sendable {
    case value(Value)
    case digest(DataDigest)
}
