import Experiments
import Warehouses

/// How the values of a covariate become bins in SQL.
struct CovariateBins: Sendable {
    let encoding: CovariateEncoding
    let code: BinCode

    /// The bin of a value.
    /// - Parameter value: a Float32, or a level's text, as `stored` gives it.
    func bin(_ value: String, _ dialect: SQLDialect) -> String {
        switch encoding {
        case .categorical(let levels):
            guard !levels.isEmpty else { return dialect.small("\(code.missingBin)") }
            let branches = levels.enumerated().map { "WHEN \(dialect.literal($1)) THEN \(dialect.small("\($0)"))" }
            return "CASE \(value) \(branches.joined(separator: " ")) ELSE \(dialect.small("\(code.missingBin)")) END"
        case .numeric: return BinSearch(value: value, code: code, dialect: dialect).text
        }
    }

    /// The value as the reader keeps it: centred, a Float32; a level's text as it is.
    func stored(_ value: String, _ dialect: SQLDialect) -> String {
        switch encoding {
        case .categorical: return value
        case .numeric(let centre):
            return dialect.real(centre == 0 ? value : "(\(value)) - (\(dialect.literal(centre)))")
        }
    }
}

/// The bin of a number as SQL: first the run of bins it is in, then its place there. Two short lists are read faster than one, and than
/// halves of halves, whose results an engine copies at every step.
private struct BinSearch {
    let value: String
    let code: BinCode
    let dialect: SQLDialect

    /// Bins of a run; the root of their number is about what costs least.
    private var width: Int { max(4, Int(Double(code.valueBins).squareRoot().rounded())) }

    var text: String {
        let edges = code.edges.count
        let starts = stride(from: 0, through: edges, by: width).map { $0 }
        let runs = starts.dropLast().map { start in
            let last = start + width - 1
            return "WHEN \(isAtMost(last)) THEN \(list(start..<last, otherwise: dialect.small("\(last)")))"
        }
        return Self.chosen(runs, otherwise: list((starts.last ?? 0)..<edges, otherwise: end))
    }

    /// What is beyond all edges: nothing is at most an edge of what is missing, and engines put what is no number last.
    private var end: String {
        "CASE WHEN \(value) IS NULL OR \(dialect.isNaN(value)) THEN \(dialect.small("\(code.missingBin)")) "
            + "ELSE \(dialect.small("\(code.edges.count)")) END"
    }

    private func list(_ bins: Range<Int>, otherwise: String) -> String {
        Self.chosen(bins.map { "WHEN \(isAtMost($0)) THEN \(dialect.small("\($0)"))" }, otherwise: otherwise)
    }

    private func isAtMost(_ bin: Int) -> String {
        "\(value) <= \(dialect.real(dialect.literal(Double(code.edges[bin]))))"
    }

    private static func chosen(_ branches: [String], otherwise: String) -> String {
        branches.isEmpty ? otherwise : "CASE \(branches.joined(separator: " ")) ELSE \(otherwise) END"
    }
}
