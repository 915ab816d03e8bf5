import Foundation

/// The spelling of ids and of arms: which texts are one name written in two ways.
enum IdSpelling {
    /// The same for texts that differ by letter case, by blanks, by zeros before a number, or by a fraction of 0 behind one.
    static func plain(_ text: String) -> String {
        let words = String(decoding: Blanks.trimmed(Array(text.utf8)[...]), as: UTF8.self).lowercased()
            .precomposedStringWithCompatibilityMapping
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var digits = words[...]
        if let point = digits.lastIndex(of: "."), digits[digits.index(after: point)...].allSatisfy({ $0 == "0" }) {
            digits = digits[..<point]
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return words }
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? "0" : String(significant)
    }

    /// Pairs of names that are one when written plainly, in the order given.
    static func pairs(in names: [String]) -> [(String, String)] {
        var first: [String: String] = [:]
        return names.compactMap { name in
            let plain = plain(name)
            if let other = first[plain] { return (other, name) }
            first[plain] = name
            return nil
        }
    }
}
