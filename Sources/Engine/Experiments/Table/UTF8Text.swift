/// Bytes as text: whether they are valid UTF-8, and how they are shown in a message.
enum UTF8Text {
    /// Whether the bytes are well-formed UTF-8.
    /// - Complexity: O(count).
    static func isValid(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
        var high: UInt8 = 0
        for index in 0..<count { high |= start[index] }
        guard high >= 0x80 else { return true }
        return String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) != nil
    }

    /// A text in quotes for a message: at most 40 characters, control characters and broken bytes escaped.
    static func shown(_ start: UnsafePointer<UInt8>, count: Int) -> String {
        shown(String(decoding: UnsafeBufferPointer(start: start, count: min(count, 400)), as: UTF8.self))
    }

    static func shown(_ text: String) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == 40 {
                result += "…"
                break
            }
            count += 1
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\"": result += "\\\""
            case _ where isControl(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(result)\""
    }

    /// Control, line separator and direction-changing characters, which would disturb a terminal.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    static func hasControl(_ text: String) -> Bool { text.unicodeScalars.contains(where: isControl) }
}
