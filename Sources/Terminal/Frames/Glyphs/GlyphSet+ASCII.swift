import Foundation
import Texts

extension GlyphSet {
    /// The one ASCII character that says most of what `scalar` said; `?` when none does.
    package static func asciiEquivalent(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return TextWidth.width(of: scalar) == 1 && scalar.value >= 0x20 ? scalar : "?" }
        if let known = equivalents[scalar] { return known }
        let ends = GlyphSet.unicode.lineEnds(of: scalar)
        if !ends.isEmpty { return GlyphSet.ascii.line(ends) }
        if (0x2800...0x28FF).contains(scalar.value) { return scalar.value == 0x2800 ? " " : "." }
        let base = String(Character(scalar)).decomposedStringWithCompatibilityMapping.unicodeScalars.first
        guard let base, base.isASCII, base.value >= 0x20, base.value < 0x7F else { return "?" }
        return base
    }

    private static let equivalents: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [
            "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"", "×": "x", "÷": "/", "·": "|",
            "•": "*", "○": "o", "±": "~", "≤": "<", "≥": ">", "≈": "~", "━": "=", "┃": "!", "α": "a", "Δ": "d",
            "τ": "t", "μ": "u", "µ": "u", "σ": "s", "ß": "s", "ø": "o", "Ø": "O", "æ": "a", "Æ": "A", "ł": "l",
        ]
        let pairs: [KeyPath<GlyphSet, Unicode.Scalar> & Sendable] = [
            \.knob, \.estimate, \.better, \.worse, \.more, \.ascending, \.descending, \.higher, \.lower, \.leftArrow,
            \.rightArrow, \.check, \.cross, \.focus, \.ellipsis,
            \.here,
        ]
        for path in pairs { table[GlyphSet.unicode[keyPath: path]] = GlyphSet.ascii[keyPath: path] }
        for (wide, narrow) in zip(GlyphSet.unicode.sparkSteps, GlyphSet.ascii.sparkSteps) { table[wide] = narrow }
        for (index, wide) in GlyphSet.unicode.barSteps.enumerated() { table[wide] = index < 4 ? "=" : "#" }
        return table
    }()
}
