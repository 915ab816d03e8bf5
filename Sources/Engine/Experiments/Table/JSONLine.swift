/// One line of a file of JSON lines: a flat object of texts, numbers, true, false and null.
///
/// Values become what they would be in a CSV file: a text its characters, a number or truth value as it is written, null
/// nothing. Nested values have no such form and are refused.
struct JSONLine {
    /// The names and values of the object, end to end in `bytes`.
    private(set) var fields: [(name: Range<Int>, value: Range<Int>)] = []
    private(set) var bytes: [UInt8] = []
    private var place = 0

    /// Reads a line.
    /// - Returns: whether it is such an object.
    /// - Complexity: O(count), without allocation once the buffers have grown.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        fields.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        place = 0
        guard take(UInt8(ascii: "{"), line) else { return false }
        if take(UInt8(ascii: "}"), line) { return isAtEnd(line) }
        repeat {
            guard let name = text(line), take(UInt8(ascii: ":"), line), let value = value(line) else { return false }
            fields.append((name, value))
        } while take(UInt8(ascii: ","), line)
        return take(UInt8(ascii: "}"), line) && isAtEnd(line)
    }

    private mutating func skipBlanks(_ line: UnsafeBufferPointer<UInt8>) {
        while place < line.count, [0x20, 0x09, 0x0a, 0x0d].contains(line[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        skipBlanks(line)
        guard place < line.count, line[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func isAtEnd(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        skipBlanks(line)
        return place == line.count
    }

    private mutating func value(_ line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        skipBlanks(line)
        guard place < line.count else { return nil }
        if line[place] == UInt8(ascii: "\"") { return text(line) }
        let start = bytes.count
        while place < line.count, ![0x2c, 0x7d, 0x20, 0x09, 0x0d, 0x0a].contains(line[place]) {
            guard line[place] != UInt8(ascii: "{"), line[place] != UInt8(ascii: "[") else { return nil }
            bytes.append(line[place])
            place += 1
        }
        if bytes[start...].elementsEqual("null".utf8) {
            bytes.removeSubrange(start...)
        } else if bytes.count == start {
            return nil
        }
        return start..<bytes.count
    }

    /// A text in quotes, its escapes resolved.
    private mutating func text(_ line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard take(UInt8(ascii: "\""), line) else { return nil }
        let start = bytes.count
        while place < line.count {
            let byte = line[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return start..<bytes.count
            case UInt8(ascii: "\\"):
                guard place < line.count, escape(line) else { return nil }
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let byte = line[place]
        place += 1
        switch byte {
        case UInt8(ascii: "n"): bytes.append(0x0a)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0d)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0c)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "u"):
            guard let first = unit(line) else { return false }
            var scalar = first
            if (0xd800..<0xdc00).contains(first) {
                // The second half of a character beyond 16 bits.
                guard place + 1 < line.count, line[place] == UInt8(ascii: "\\"), line[place + 1] == UInt8(ascii: "u")
                else { return false }
                place += 2
                guard let second = unit(line), (0xdc00..<0xe000).contains(second) else { return false }
                scalar = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
            }
            guard let character = Unicode.Scalar(scalar) else { return false }
            bytes.append(contentsOf: String(character).utf8)
        default: return false
        }
        return true
    }

    /// Four hexadecimal digits.
    private mutating func unit(_ line: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard place + 4 <= line.count else { return nil }
        let digits = String(decoding: line[place..<place + 4], as: UTF8.self)
        place += 4
        return UInt32(digits, radix: 16)
    }
}
