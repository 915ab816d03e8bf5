/// Numbers in digits other than those of ASCII: full-width, Arabic-Indic, Devanagari and the like.
enum OtherDigits {
    /// The signs and points that go with them.
    private static let marks: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{2212}": "-", "\u{ff0d}": "-", "\u{ff0b}": "+", "\u{ff0e}": ".", "\u{66b}": ".",
    ]

    /// The same text in ASCII where it is nothing but digits, a sign and a point; any other as it is.
    static func plain(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        for scalar in String(decoding: field, as: UTF8.self).unicodeScalars {
            let scalar = marks[scalar] ?? scalar
            if scalar.isASCII {
                plain.append(UInt8(scalar.value))
            } else if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue {
                plain.append(48 + UInt8(digit))
            } else {
                return Array(field)
            }
        }
        return plain
    }
}
