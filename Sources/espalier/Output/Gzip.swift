import CZlib
import Foundation
import Statistics

/// gzip for policy files.
enum Gzip {
    private static let gzipWindow: Int32 = 15 + 16

    static func deflate(_ data: Data) throws -> Data {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw EspalierError(.internal, "zlib could not start") }
        defer { deflateEnd(&stream) }
        return try pump(data, &stream) { stream in CZlib.deflate(&stream, Z_FINISH) }
            ?? { throw EspalierError(.internal, "zlib could not compress") }()
    }

    static func inflate(_ data: Data, file: String) throws -> Data {
        var stream = z_stream()
        guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw EspalierError(.internal, "zlib could not start")
        }
        defer { inflateEnd(&stream) }
        guard let result = try pump(data, &stream, { stream in CZlib.inflate(&stream, Z_NO_FLUSH) }) else {
            throw EspalierError(
                .data, "the gzip data are damaged or cut short", file: file, remedy: "export the policy again")
        }
        return result
    }

    /// Runs a stream over all input; nil where it does not reach its end.
    private static func pump(
        _ data: Data, _ stream: inout z_stream, _ step: (inout z_stream) -> Int32
    ) throws -> Data? {
        var output = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var status = Z_OK
        data.withUnsafeBytes { (input: UnsafeRawBufferPointer) in
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(input.count)
            repeat {
                let produced = buffer.withUnsafeMutableBufferPointer { room -> Int in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    status = step(&stream)
                    return room.count - Int(stream.avail_out)
                }
                output.append(contentsOf: buffer[..<produced])
            } while status == Z_OK
        }
        return status == Z_STREAM_END ? output : nil
    }
}
