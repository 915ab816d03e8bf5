import Foundation
import Runtime

/// The bytes of an engine's answer as they come. What gives them goes with this value.
package final class EngineStream {
    private let bytes: any EngineBytes
    private var hasEnded = false
    package private(set) var bytesRead = 0

    init(_ bytes: any EngineBytes) { self.bytes = bytes }

    /// Fills the buffer with the next bytes; fewer than its size, or 0, only at the end.
    /// - Throws: `EspalierError` in one sentence where the engine fails, falls silent or is killed; `CancellationError`.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        var count = 0
        while count < buffer.count, !hasEnded {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let added = try bytes.read(into: room, cancellation: cancellation)
            hasEnded = added == 0
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
