import Foundation
import Runtime
import Texts

/// Rows of sums among those of units, as spreadsheets end with.
enum TotalsRow {
    private static let words = [
        "total", "totals", "grand total", "sum", "subtotal", "all", "overall", "average", "summe", "gesamt",
    ]
    private static let keys = Set(
        words.flatMap { [$0, $0.uppercased(), $0.capitalized] }.map { StableHash.key($0) })

    /// The first record whose id is a word for totals.
    static func find(in unitKeys: [UInt64]) -> Int? { unitKeys.firstIndex(where: keys.contains) }

    static func error(column: String, line: Int, file: String) -> EspalierError {
        EspalierError(
            .data, "this line seems to hold totals, not a unit, by its \(DisplayText.quoted(column))", file: file,
            line: line,
            remedy: "remove the line")
    }
}
