import Foundation
import Runtime

/// The bytes of an engine's answer as they come. The child that gives them dies with this value.
package final class EngineStream {
    private let child: ChildProcess
    private let kind: EngineKind
    private let file: String?
    /// Outlives the child, which is the first to go.
    private let scratch: ScratchFolder
    /// Holds the database that is asked, if it is one of ours.
    private let database: ScratchFolder?
    private var hasEnded = false
    package private(set) var bytesRead = 0

    init(_ child: ChildProcess, kind: EngineKind, file: String?, scratch: ScratchFolder, database: ScratchFolder? = nil)
    {
        self.database = database
        self.child = child
        self.kind = kind
        self.file = file
        self.scratch = scratch
    }

    /// Fills the buffer with the next bytes; fewer than its size, or 0, only at the end.
    /// - Throws: `EspalierError` in one sentence where the engine fails, falls silent or is killed; `CancellationError`.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        var count = 0
        while count < buffer.count, !hasEnded {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let added: Int
            do {
                added = try child.read(into: room, cancellation: cancellation)
            } catch let silence as ChildProcess.Silent {
                throw EngineFailure.silent(silence, kind: kind, file: file)
            }
            if added == 0 {
                hasEnded = true
                let ending = child.finish()
                guard ending.isSuccess else { throw EngineFailure.error(ending, kind: kind, file: file) }
            }
            count += added
        }
        bytesRead += count
        return count
    }

    /// All that is still to come.
    /// - Throws: as `fill`.
    package func rest(cancellation: Cancellation) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { piece.deallocate() }
        while case let count = try fill(piece, cancellation: cancellation), count > 0 { bytes += piece[..<count] }
        return bytes
    }
}
