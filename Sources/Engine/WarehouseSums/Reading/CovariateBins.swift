import Experiments
import Warehouses

/// How the values of a covariate become bins in SQL.
struct CovariateBins: Sendable {
    let encoding: CovariateEncoding
    let code: BinCode

    /// The bin of a value.
    /// - Parameter value: a double, or a level's text, as `UnitRows` names it.
    func bin(_ value: String, _ dialect: SQLDialect) -> String {
        switch encoding {
        case .categorical(let levels):
            guard !levels.isEmpty else { return "\(code.missingBin)" }
            let branches = levels.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
            return "CASE \(value) \(branches.joined(separator: " ")) ELSE \(code.missingBin) END"
        case .numeric:
            let edges = code.edges.map { dialect.literal(Double($0)) }
            let bins = Self.search(value, edges[...], first: 0)
            return "CASE WHEN \(value) IS NULL OR \(dialect.isNaN(value)) THEN \(code.missingBin) ELSE \(bins) END"
        }
    }

    /// The value as the reader keeps it: centred, a Float32; a level's text as it is.
    func stored(_ value: String, _ dialect: SQLDialect) -> String {
        switch encoding {
        case .categorical: return value
        case .numeric(let centre):
            let moved = centre == 0 ? value : "(\(value)) - (\(dialect.literal(centre)))"
            return dialect.double(dialect.real(moved))
        }
    }

    /// The bin by halving: as many comparisons as the number of edges has binary digits.
    private static func search(_ value: String, _ edges: ArraySlice<String>, first: Int) -> String {
        guard !edges.isEmpty else { return "\(first)" }
        let middle = edges.startIndex + edges.count / 2
        let (left, right) = (edges[..<middle], edges[(middle + 1)...])
        return "CASE WHEN \(value) <= \(edges[middle]) THEN \(search(value, left, first: first)) "
            + "ELSE \(search(value, right, first: first + left.count + 1)) END"
    }
}
