import Runtime
import Warehouses

/// The text of a table in pieces, wherever it comes from.
protocol TextPieces {
    /// Bytes taken in so far, and all of them; 0 where nobody knows.
    var bytesRead: Int { get }
    var size: Int { get }

    /// Fills the buffer with the next bytes; fewer than its size, or 0, only at the end.
    func fill(_ output: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int
}

extension EngineStream: TextPieces {
    var size: Int { 0 }
}
