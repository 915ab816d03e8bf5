import Foundation

/// Finds where records end in a text of separated values that comes in pieces. A quote within a field is doubled, so a line
/// feed ends a record where the quotes before it are even in number.
struct RecordEnds {
    private var isQuoted = false

    /// Takes in the next bytes.
    /// - Returns: how many of them there are up to and with the last line feed that ends a record; nil for none.
    /// - Complexity: O(bytes).
    mutating func last(in bytes: UnsafeRawBufferPointer) -> Int? {
        var isWithin = isQuoted != (quotes(in: bytes) % 2 == 1)
        isQuoted = isWithin
        for index in stride(from: bytes.count - 1, through: 0, by: -1) {
            if bytes[index] == UInt8(ascii: "\"") { isWithin.toggle() }
            if bytes[index] == UInt8(ascii: "\n"), !isWithin { return index + 1 }
        }
        return nil
    }

    private func quotes(in bytes: UnsafeRawBufferPointer) -> Int {
        guard let start = bytes.baseAddress, memchr(start, Int32(UInt8(ascii: "\"")), bytes.count) != nil else {
            return 0
        }
        return bytes.count { $0 == UInt8(ascii: "\"") }
    }
}
