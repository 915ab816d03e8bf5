import Experiments
import Runtime
import Texts
import Warehouses

/// Outcomes before exposure as the reader keeps them: around the mean of the units that have one, which the others get, and divided by
/// the standard deviation of all.
struct EarlierValues {
    private let columns: [(outcome: Int, mean: Double, scale: Double)]

    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: one pass over the rows where the spec names such values, else none.
    init(_ rows: UnitRows, arms: [String], _ cancellation: Cancellation) throws {
        let wanted = rows.adjusted
        guard !wanted.isEmpty else {
            columns = []
            return
        }
        let sums = wanted.flatMap { outcome in
            let known = rows.dialect.known("p\(outcome)")
            return ["count(\(known))", "avg(\(known))", "var_samp(\(known))"]
        }
        let answer = try rows.table.connection.ask(
            "SELECT count(*), \(sums.joined(separator: ", ")) FROM (\(rows.rows)) r WHERE \(rows.isKept(arms))",
            [.integer] + wanted.flatMap { _ in [AnswerColumn.Kind.integer, .double, .double] },
            cancellation: cancellation)
        let all = answer[0].integers.first.flatMap(\.self) ?? 0
        columns = try wanted.enumerated().map { place, outcome in
            let count = answer[1 + 3 * place].integers.first.flatMap(\.self) ?? 0
            let mean = answer[2 + 3 * place].doubles.first.flatMap(\.self) ?? .nan
            let variance = count > 1 ? answer[3 + 3 * place].doubles.first.flatMap(\.self) ?? .nan : 0
            guard count > 0, mean.isFinite, variance.isFinite else {
                let spec = rows.spec.outcomes[outcome]
                throw EspalierError(
                    .data,
                    "the column \(DisplayText.quoted(spec.preperiod ?? "")), the outcome \(DisplayText.quoted(spec.name)) before "
                        + "exposure, has " + (count > 0 ? "values too large to compute with" : "no values"),
                    file: rows.file, remedy: "check it, or remove preperiod")
            }
            // Units that get the mean add nothing to the deviations.
            let spread = (variance * Double(count - 1) / Double(max(1, all - 1))).squareRoot()
            return (outcome: outcome, mean: mean, scale: spread > 0 ? spread : 1)
        }
    }

    /// Columns p0, p1, ... of the prepared table, of the names of `UnitRows.rows`.
    func columns(_ dialect: SQLDialect) -> [String] {
        columns.map { outcome, mean, scale in
            let value = dialect.known("p\(outcome)")
            let centred = "(\(value) - (\(dialect.literal(mean)))) / (\(dialect.literal(scale)))"
            return "\(dialect.real("COALESCE(\(centred), \(dialect.literal(0)))")) AS p\(outcome)"
        }
    }

    var names: [String] { columns.map { "p\($0.outcome)" } }
}
