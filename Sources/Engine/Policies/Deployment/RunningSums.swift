import Runtime
import Warehouses

/// Sums that a query grows term by term, in their order, in single or in double precision: one column each, which the units of every
/// fold fill with terms of their own.
struct RunningSums {
    private struct Sum {
        let isSingle: Bool
        /// By fold.
        var start: [String?]
        var terms: [[String]]
    }

    private let dialect: SQLDialect
    private let foldCount: Int
    private var sums: [Sum] = []
    /// By fold and precision: how many there are.
    private var counts: [[Int]]
    /// The columns of each precision.
    private var columns: [[Int]] = [[], []]
    private var byteCount = 0

    /// So many terms stand in one expression; engines bound how deep those go.
    private static let chunk = 200
    /// Bytes of terms. A forest of hundreds of trees for every fold takes three times as many, which engines parse for minutes.
    private static let mostBytes = 32 << 20

    init(foldCount: Int, dialect: SQLDialect) {
        self.foldCount = foldCount
        self.dialect = dialect
        counts = Array(repeating: [0, 0], count: foldCount)
    }

    /// - Returns: the name of the column that will hold the sum.
    /// - Throws: `EspalierError(.usage)` where the query gets longer than anything reads.
    mutating func add(fold: Int, isSingle: Bool, start: String, terms: [String]) throws -> String {
        let kind = isSingle ? 0 : 1
        if counts[fold][kind] == columns[kind].count {
            columns[kind].append(sums.count)
            sums.append(
                Sum(
                    isSingle: isSingle, start: Array(repeating: nil, count: foldCount),
                    terms: Array(repeating: [], count: foldCount)))
        }
        let index = columns[kind][counts[fold][kind]]
        counts[fold][kind] += 1
        sums[index].start[fold] = start
        sums[index].terms[fold] = isSingle ? terms.map(dialect.real) : terms
        byteCount += terms.reduce(0) { $0 + $1.utf8.count }
        guard byteCount < Self.mostBytes else {
            throw EspalierError(
                .usage, "the policy's models take more than \(Self.mostBytes >> 20) MB in SQL",
                remedy: "fit a learner with fewer or smaller trees, such as t, r or tree, or export JSON for `assign`")
        }
        return Self.name(index)
    }

    private static func name(_ sum: Int) -> String { "a\(sum)" }

    /// The layers that compute the columns.
    func layers(fold: String) -> [[QueryLayers.Column]] {
        let longest = sums.flatMap(\.terms).map(\.count).max() ?? 0
        let pieces = max(1, (longest + Self.chunk - 1) / Self.chunk)
        return (0..<pieces).map { piece in
            sums.enumerated().compactMap { index, sum in
                let last = max(0, ((sum.terms.map(\.count).max() ?? 0) + Self.chunk - 1) / Self.chunk - 1)
                guard piece <= last else { return nil }
                func column(_ piece: Int) -> String {
                    piece == last ? Self.name(index) : "\(Self.name(index))_\(piece)"
                }
                let folds = (0..<foldCount).map { own -> String in
                    let terms = sum.terms[own].dropFirst(piece * Self.chunk).prefix(Self.chunk)
                    let start = piece == 0 ? sum.start[own] ?? "NULL" : column(piece - 1)
                    return ([start] + terms).joined(separator: " + ")
                }
                return QueryLayers.Column(column(piece), Self.choice(folds, by: fold))
            }
        }
    }

    /// The expression of a unit's own fold.
    static func choice(_ expressions: [String], by fold: String) -> String {
        if Set(expressions).count == 1 { return expressions[0] }
        let branches = expressions.enumerated().map { "\n      WHEN \($0) THEN \($1)" }
        return "CASE \(fold)\(branches.joined()) END"
    }
}
