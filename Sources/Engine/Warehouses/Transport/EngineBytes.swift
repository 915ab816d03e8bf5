import Foundation
import Runtime

/// Where the bytes of an engine's answer come from.
protocol EngineBytes: AnyObject {
    /// The next bytes; 0 at the end, once the engine has ended well.
    /// - Throws: `EspalierError` in one sentence; `CancellationError`.
    func read(into buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int
}

/// What a child writes.
final class ChildBytes: EngineBytes {
    private let child: ChildProcess
    private let kind: EngineKind
    private let file: String?
    /// Outlive the child, which is the first to go: where it puts things aside, and the database that is asked if it is one of ours.
    private let scratch: [ScratchFolder]

    init(_ child: ChildProcess, kind: EngineKind, file: String?, scratch: [ScratchFolder]) {
        self.child = child
        self.kind = kind
        self.file = file
        self.scratch = scratch
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        do {
            let count = try child.read(into: buffer, cancellation: cancellation)
            guard count == 0 else { return count }
        } catch let silence as ChildProcess.Silent {
            throw EngineFailure.silent(silence, kind: kind, file: file)
        }
        let ending = child.finish()
        guard ending.isSuccess else { throw EngineFailure.error(ending, kind: kind, file: file) }
        return 0
    }
}

/// Rows of a server as CSV. They go through a file without a name, for a session hands its rows over in one go.
final class RowBytes: EngineBytes {
    private let connection: ADBCConnection
    private let query: String
    private var file: FileHandle?

    init(_ connection: ADBCConnection, _ query: String) {
        self.connection = connection
        self.query = query
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        let file = try file ?? fetched(cancellation)
        self.file = file
        try cancellation.check()
        let count = Foundation.read(file.fileDescriptor, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw AtomicFile.failure(NSTemporaryDirectory()) }
        return count
    }

    private func fetched(_ cancellation: Cancellation) throws -> FileHandle {
        let descriptor = try UnnamedFile.make(holding: "", for: query)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try connection.each(query, cancellation: cancellation) { bytes in
            guard AtomicFile.fill(descriptor, with: Data(bytes)) else {
                throw AtomicFile.failure(NSTemporaryDirectory())
            }
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw AtomicFile.failure(NSTemporaryDirectory()) }
        return file
    }
}
