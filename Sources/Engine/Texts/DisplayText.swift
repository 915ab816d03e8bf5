/// Text from data or a person, as a message or a screen may show it.
package enum DisplayText {
    /// A text in quotes for a message: at most 40 characters, control characters escaped. Of a longer one both ends are kept, for
    /// names often differ in their last part.
    package static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.dropFirst(40).isEmpty else {
            return "\"\(shown(scalars.prefix(24)))…\(shown(scalars.suffix(15)))\""
        }
        return "\"\(shown(scalars))\""
    }

    /// With control characters and quotes escaped.
    private static func shown(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in scalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\"": result += "\\\""
            case _ where isControl(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The whole text with its control characters escaped, for a line or table that no text may break.
    package static func escaped(_ text: String) -> String {
        guard hasControl(text) else { return text }
        return text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where isControl(scalar): "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }.joined()
    }

    /// A text of several lines, each with its control characters escaped.
    package static func escapedLines(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && isControl($0) }) else { return text }
        return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { escaped(String($0)) }.joined(separator: "\n")
    }

    /// JSON that says the same without any byte that would disturb a terminal: such characters are in its texts only.
    package static func escapedJSON(_ json: some Collection<UInt8>) -> [UInt8] {
        let text = String(decoding: json, as: UTF8.self)
        guard text.unicodeScalars.contains(where: { $0.value > 0x20 && isControl($0) }) else { return Array(json) }
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value > 0x20, isControl(scalar) {
                let digits = String(scalar.value, radix: 16)
                result += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            } else {
                result += Array(String(scalar).utf8)
            }
        }
        return result
    }

    /// Control, line separator and direction-changing characters, which would disturb a terminal.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    package static func hasControl(_ text: String) -> Bool { text.unicodeScalars.contains(where: isControl) }
}
