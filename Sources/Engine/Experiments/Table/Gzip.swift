import CZlib
import Foundation
import Runtime

/// Gzip (RFC 1952) through zlib, with the header zlib writes by itself: no file name, modification time 0.
package enum Gzip {
    /// More than this in a compressed file that is read whole is an attack or a mistake.
    package static let mostInflated = 1 << 30
    /// Window bits 15, plus 16 for the gzip wrapper.
    private static let window: Int32 = 15 + 16
    /// zlib counts its input in 32 bits, so it is fed in pieces.
    private static let piece = 1 << 30

    /// Equal input gives equal output on one version of zlib; across versions only the uncompressed bytes are equal.
    ///
    /// - Throws: `internal` when zlib refuses, which it does only without memory.
    package static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let started = deflateInit2_(
            &stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw EspalierError(.internal, "zlib cannot start (code \(started))") }
        defer { deflateEnd(&stream) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
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

    /// The bytes of the first member of a gzip file.
    ///
    /// - Throws: `EspalierError` (.data) for damaged or cut data, and for more than `limit` bytes of content.
    package static func inflate(_ data: Data, file: String, limit: Int = mostInflated) throws -> Data {
        var stream = z_stream()
        guard inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw EspalierError(.internal, "zlib cannot start")
        }
        defer { inflateEnd(&stream) }
        var output = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var status = Z_OK
        try data.withUnsafeBytes { (input: UnsafeRawBufferPointer) in
            let input = input.bindMemory(to: UInt8.self)
            var offset = 0
            while status == Z_OK {
                if stream.avail_in == 0, offset < input.count {
                    let count = min(piece, input.count - offset)
                    stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + offset) }
                    stream.avail_in = UInt32(count)
                    offset += count
                }
                let room = buffer.withUnsafeMutableBufferPointer { space in
                    stream.next_out = space.baseAddress
                    stream.avail_out = UInt32(space.count)
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return Int(stream.avail_out)
                }
                output.append(contentsOf: buffer[..<(buffer.count - room)])
                guard output.count <= limit else {
                    throw EspalierError(
                        .data, "the gzip data hold more than \(limit >> 20) MiB", file: file,
                        remedy: "name the file that was exported")
                }
            }
        }
        guard status == Z_STREAM_END else {
            throw EspalierError(.data, "the gzip data are damaged or cut short", file: file, remedy: "export it again")
        }
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
