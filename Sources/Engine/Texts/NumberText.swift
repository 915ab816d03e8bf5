import Foundation

/// Numbers as text, the same in every locale: a point for decimals, ASCII `-` for minus, `n/a` for what is not finite.
package enum NumberText {
    package static let notAvailable = "n/a"

    package static func string(_ value: Double, _ format: NumberFormat) -> String {
        switch format {
        case .fixed(let decimals): fixed(value, decimals)
        case .signed(let decimals): signed(value, decimals)
        case .percent(let decimals): percent(value, decimals)
        case .signedPercent(let decimals): percent(value, decimals, signed: true)
        case .significant(let digits): significant(value, digits)
        case .compact: compact(value)
        }
    }

    /// `decimals` digits after the point; what rounds to zero has no sign.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return notAvailable }
        let text = String(format: "%.\(min(max(decimals, 0), 20))f", value)
        let isZero = !text.contains { $0 != "0" && $0 != "." && $0 != "-" }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }

    /// As `fixed`, with a plus sign before what is positive after rounding.
    package static func signed(_ value: Double, _ decimals: Int) -> String {
        let text = fixed(value, decimals)
        guard value.isFinite, value > 0, text.contains(where: { $0 >= "1" && $0 <= "9" }) else { return text }
        return "+" + text
    }

    /// A fraction as a percentage: 0.055 is `5.5%`.
    package static func percent(_ fraction: Double, _ decimals: Int, signed: Bool = false) -> String {
        let percentage = fraction * 100
        guard percentage.isFinite else { return notAvailable }
        return (signed ? self.signed(percentage, decimals) : fixed(percentage, decimals)) + "%"
    }

    /// A share of a whole as a percentage: so many decimals, or none but one below a tenth, and as many as it takes where those
    /// would say 0.
    package static func share(_ share: Double, decimals: Int? = nil) -> String {
        guard share > 0, share < 0.0005 else { return percent(share, decimals ?? (share < 0.1 ? 1 : 0)) }
        return String(format: "%.1g%%", share * 100)
    }

    /// A probability in whole percent that is never said to be sure: ">99%", "47%", "<1%".
    package static func certainty(_ probability: Double) -> String {
        probability > 0.995 ? ">99%" : probability < 0.005 ? "<1%" : percent(probability, 0)
    }

    /// A p-value: three decimals, `<0.001` below what they show.
    package static func probability(_ p: Double) -> String { p < 0.0005 ? "<0.001" : fixed(p, 3) }

    /// The same as a clause: `p = 0.012`, or `p < 0.001`.
    package static func probabilityClause(_ p: Double) -> String { p < 0.0005 ? "p < 0.001" : "p = \(fixed(p, 3))" }

    /// `digits` significant digits; powers of ten are used below 1e-4 and from 1e`digits` (at least 1e6) up.
    package static func significant(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return notAvailable }
        let digits = min(max(digits, 1), 17)
        guard value != 0 else { return fixed(0, digits - 1) }
        let scientific = String(format: "%.\(digits - 1)e", value)
        guard let mark = scientific.firstIndex(of: "e"),
            let exponent = Int(scientific[scientific.index(after: mark)...])
        else { return scientific }
        if exponent < -4 || exponent >= max(digits, 6) { return "\(scientific[..<mark])e\(exponent)" }
        return fixed(value, max(digits - 1 - exponent, 0))
    }

    /// A short form for places with little room: `950`, `12.3k`, `4.5M`, `7.1B`.
    package static func compact(_ value: Double) -> String {
        guard value.isFinite else { return notAvailable }
        let units: [(Double, String)] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
        for (scale, unit) in units where abs(value) >= scale * 0.9995 {
            let scaled = value / scale
            if abs(scaled) >= 1e5 { return significant(value, 3) }
            return trimmed(fixed(scaled, abs(scaled) < 99.95 ? 1 : 0)) + unit
        }
        return abs(value) >= 100 ? fixed(value, 0) : trimmed(significant(value, 3))
    }

    /// A whole number with a comma between thousands: `40,000`.
    package static func grouped(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(Substring(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(Substring(digits), at: 0)
        return (value < 0 ? "-" : "") + groups.joined(separator: ",")
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains("."), !text.contains("e") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
