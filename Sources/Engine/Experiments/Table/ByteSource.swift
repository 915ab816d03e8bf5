import CZlib
import Foundation
import Runtime

/// The bytes of a file in pieces, inflated on the way if the file is gzip (told by its first two bytes; several members in a
/// row are one text).
final class ByteSource: TextPieces {
    private let path: String
    private let descriptor: Int32
    private var inflater: UnsafeMutablePointer<z_stream>?
    private let input: UnsafeMutableRawBufferPointer
    private var inputUsed = 0
    private var inputCount = 0
    private var memberEnded = false
    /// Bytes of the file read so far, and all of them.
    private(set) var bytesRead = 0
    let size: Int
    /// Whether these are lines of JSON through a pipe that is read but once: somebody may wait for the answer to each.
    private(set) var isLive = false

    /// - Throws: `EspalierError(.noInput)` when the file cannot be opened, `.data` when it is named `.gz` and is not gzip.
    /// - Parameter isReadOnce: whether standard input need not be kept for another reading.
    init(path: String, isReadOnce: Bool = false) throws {
        self.path = path
        let isPiped = isReadOnce && path == StandardInput.name && !StandardInput.isKept
        size = isPiped ? 0 : try FileStamp(path: path).bytes
        input = .allocate(byteCount: 1 << 17, alignment: 16)
        descriptor = isPiped ? dup(STDIN_FILENO) : open(try StandardInput.path(of: path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileStamp.cannotOpen(path) }
        try refill()
        isLive =
            isPiped && ObjectLines.begin(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(input)[..<inputCount]))
        if inputCount >= 2, input[0] == 0x1f, input[1] == 0x8b {
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            // 15 bits of window, 16 more to say that the wrapping is gzip.
            let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            inflater = stream
            guard status == Z_OK else { throw EspalierError(.internal, "zlib cannot start", file: path) }
        } else if path.hasSuffix(".gz"), inputCount > 0 {
            throw EspalierError(
                .data, "the name ends in .gz but the content is not gzip", file: path,
                remedy: "download it again or drop .gz from its name")
        }
    }

    deinit {
        if let inflater {
            inflateEnd(inflater)
            inflater.deallocate()
        }
        input.deallocate()
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills the buffer with the next bytes of the text; fewer than its size, or 0, only at the end, but for what is live: that
    /// comes as it is written.
    /// - Throws: `EspalierError(.data)` for gzip data that are damaged or cut short, `.noInput` for a read error.
    func fill(_ output: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        var count = 0
        while count < output.count {
            let room = UnsafeMutableRawBufferPointer(rebasing: output[count...])
            let added = inflater == nil ? try copy(to: room) : try inflateSome(to: room)
            if added == 0 { break }
            count += added
            if isLive { break }
        }
        return count
    }

    private func refill() throws {
        inputUsed = 0
        inputCount = try read(to: input)
    }

    private func read(to buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var got = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
        while got < 0, errno == EINTR { got = Foundation.read(descriptor, buffer.baseAddress, buffer.count) }
        guard got >= 0 else {
            throw EspalierError(.noInput, "cannot be read: \(String(cString: strerror(errno)))", file: path)
        }
        bytesRead += got
        return got
    }

    private func copy(to output: UnsafeMutableRawBufferPointer) throws -> Int {
        if inputUsed == inputCount {
            // What fits goes where it is wanted.
            if output.count >= input.count { return try read(to: output) }
            try refill()
        }
        let count = min(inputCount - inputUsed, output.count)
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[inputUsed..<inputUsed + count]))
        inputUsed += count
        return count
    }

    private func inflateSome(to output: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let inflater else { return 0 }
        while true {
            if inputUsed == inputCount { try refill() }
            if memberEnded {
                guard inputCount > 0 else { return 0 }
                if input[inputUsed] == 0 {
                    // Zero padding after the last member, as tar and some servers leave it.
                    inputUsed += 1
                    continue
                }
                memberEnded = false
                inflateReset(inflater)
            }
            guard inputCount > 0 else {
                throw EspalierError(
                    .data, "the gzip data end in the middle", file: path, remedy: "copy or download the file again")
            }
            inflater.pointee.next_in = (input.baseAddress.unsafelyUnwrapped + inputUsed)
                .assumingMemoryBound(to: UInt8.self)
            inflater.pointee.avail_in = UInt32(inputCount - inputUsed)
            inflater.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            inflater.pointee.avail_out = UInt32(output.count)
            let status = inflate(inflater, Z_NO_FLUSH)
            inputUsed = inputCount - Int(inflater.pointee.avail_in)
            let written = output.count - Int(inflater.pointee.avail_out)
            switch status {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: memberEnded = true
            default:
                throw EspalierError(
                    .data, "the gzip data are damaged", file: path, remedy: "copy or download the file again")
            }
            if written > 0 { return written }
        }
    }
}
