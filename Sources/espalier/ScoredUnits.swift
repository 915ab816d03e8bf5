import Experiments
import Ranking
import Runtime
import Texts

/// Units with a score made elsewhere, from a table.
struct ScoredUnits {
    let scores: [Double]
    let sample: EvaluationSample

    /// - Throws: `EspalierError`: a column that is missing or holds no numbers, units of one arm; `CancellationError`.
    static func read(_ path: String, value: String, cost: String, context: RunContext) throws -> ScoredUnits {
        let table = try NumberColumns.read(
            path, [("score", "score"), ("treated", "arm"), (value, "value"), (cost, "cost")], context: context)
        let (scores, treated) = (table.columns[0], table.columns[1])
        if let record = treated.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw EspalierError(
                .data, "treated is \(NumberText.significant(treated[record], 6)) here, neither 0 nor 1", file: path,
                line: table.line(of: record), remedy: "write 1 for treated units and 0 for control")
        }
        // An order that only the rows' content decides, so that bootstrap draws do not depend on how the file is sorted.
        let order = scores.indices.sorted { left, right in
            for column in table.columns where column[left] != column[right] { return column[left] < column[right] }
            return false
        }
        return ScoredUnits(
            scores: order.map { scores[$0] },
            sample: try EvaluationSample(
                treated: order.map { treated[$0] == 1 }, value: order.map { table.columns[2][$0] },
                cost: order.map { table.columns[3][$0] }))
    }
}
