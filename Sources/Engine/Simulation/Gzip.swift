import CZlib
import Statistics

/// Gzip (RFC 1952) through zlib, with the header zlib writes by itself: no file name, modification time 0.
enum Gzip {
    /// Equal input gives equal output on one version of zlib; across versions only the uncompressed bytes are equal.
    ///
    /// - Throws: `internal` when zlib refuses, which it does only without memory.
    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        // Window bits 15, plus 16 for the gzip wrapper.
        let started = deflateInit2_(
            &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw EspalierError(.internal, "zlib cannot start (code \(started))") }
        defer { deflateEnd(&stream) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // zlib counts its input in 32 bits, so it is fed in pieces.
        let piece = 1 << 30
        var offset = 0
        repeat {
            let count = min(piece, bytes.count - offset)
            let isLast = offset + count == bytes.count
            try bytes.withUnsafeBufferPointer { input in
                // zlib only reads the input; its declaration lacks the const.
                stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + offset) }
                stream.avail_in = UInt32(count)
                try drain(&stream, flush: isLast ? Z_FINISH : Z_NO_FLUSH, through: &buffer, into: &output)
            }
            offset += count
        } while offset < bytes.count
        return output
    }

    /// Runs deflate until it leaves room in the buffer, which says that it has nothing more to give.
    private static func drain(
        _ stream: inout z_stream, flush: Int32, through buffer: inout [UInt8], into output: inout [UInt8]
    ) throws {
        var room: UInt32 = 0
        repeat {
            let code = buffer.withUnsafeMutableBufferPointer { space in
                stream.next_out = space.baseAddress
                stream.avail_out = UInt32(space.count)
                return deflate(&stream, flush)
            }
            guard code != Z_STREAM_ERROR else { throw EspalierError(.internal, "zlib lost its state (code \(code))") }
            room = stream.avail_out
            output.append(contentsOf: buffer[..<(buffer.count - Int(room))])
        } while room == 0
    }
}
