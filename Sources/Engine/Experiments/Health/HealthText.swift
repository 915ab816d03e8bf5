import Foundation
import Texts

/// Numbers and names as the health report writes them.
enum HealthText {
    /// 12,345.
    static func count(_ value: Int) -> String {
        var digits = String(abs(value))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// "1 unit", "2 units".
    static func count(_ value: Int, _ noun: String) -> String { count(value) + " " + noun + (value == 1 ? "" : "s") }

    /// A p-value: three decimals, or two digits where it is small.
    static func p(_ value: Double) -> String {
        value >= 0.001 ? String(format: "%.3f", value) : value > 0 ? String(format: "%.1e", value) : "0"
    }

    /// Three decimals, signed only where negative.
    static func number(_ value: Double) -> String { String(format: "%.3f", value) }

    /// Up to six significant digits.
    static func significant(_ value: Double) -> String { String(format: "%.6g", value) }

    /// Two decimals; so many digits as it takes where that would be 0.
    static func percent(_ share: Double) -> String {
        share > 0 && share < 0.00005 ? String(format: "%.1g%%", 100 * share) : String(format: "%.2f%%", 100 * share)
    }

    /// Names in quotes, at most five.
    static func names(_ names: [String]) -> String {
        let shown = names.prefix(5).map { DisplayText.quoted($0) }.joined(separator: ", ")
        return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
    }
}
