import Texts

/// Bytes of a data file as text.
enum UTF8Text {
    /// Whether the bytes are well-formed UTF-8.
    /// - Complexity: O(count).
    static func isValid(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        var high: UInt8 = 0
        for index in 0..<count { high |= start[index] }
        guard high >= 0x80 else { return true }
        return String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) != nil
    }

    /// The bytes in quotes for a message, as `DisplayText.quoted` shows a text; broken ones are replaced.
    static func quoted(_ start: UnsafePointer<UInt8>, count: Int) -> String {
        DisplayText.quoted(String(decoding: UnsafeBufferPointer(start: start, count: min(count, 400)), as: UTF8.self))
    }
}
