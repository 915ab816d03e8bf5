import Experiments
import Runtime
import Warehouses

/// How alike the arms are in each covariate, over all units: bins are counted in the table of bins, values summed in the rows.
struct BalanceQuestion {
    private let rows: UnitRows
    private let arms: [String]
    private let covariates: [CovariateBins]

    init(_ rows: UnitRows, arms: [String], _ covariates: [CovariateBins]) {
        self.rows = rows
        self.arms = arms
        self.covariates = covariates
    }

    /// - Throws: `EspalierError`; `CancellationError`.
    func ask(_ sums: inout EngineSums, _ context: RunContext) throws -> [CovariateCounts] {
        let answer = try sums.answer(
            SumsRequest(
                .level([.root], covariates: Array(covariates.indices)), arms: Array(arms.indices), counted: [.everyone]),
            context: context)
        let moments = try moments(context.cancellation)
        return covariates.enumerated().map { index, own in
            let table = answer.tables[index]
            return CovariateCounts(
                name: rows.spec.covariates[index].column, encoding: own.encoding,
                counts: (0..<table.binCount).map { bin in
                    arms.indices.map { table.counts[answer.shape.count(bin: bin, arm: $0, group: 0)] }
                }, means: moments[index]?.map(\.mean) ?? [], variances: moments[index]?.map(\.variance) ?? [])
        }
    }

    /// By covariate, then arm; nothing of categorical ones.
    private func moments(_ cancellation: Cancellation) throws -> [Int: [(mean: Double, variance: Double)]] {
        let numeric = covariates.indices.filter { !rows.isCategorical[$0] }
        guard !numeric.isEmpty else { return [:] }
        let dialect = rows.dialect
        let sums = numeric.flatMap { index -> [String] in
            // Around a value in their midst, or large values would lose their differences.
            let edges = covariates[index].code.edges
            var middle = edges.isEmpty ? 0 : Double(edges[edges.count / 2])
            if case .numeric(let centre) = covariates[index].encoding { middle += centre }
            let value = "x\(index) - (\(dialect.literal(middle)))"
            let known = "CASE WHEN \(dialect.isNaN("x\(index)")) THEN NULL ELSE \(value) END"
            return ["count(\(known))", "sum(\(known))", "sum((\(known)) * (\(known)))"]
        }
        let answer = try rows.table.connection.ask(
            "SELECT w, \(sums.joined(separator: ", ")) FROM (\(rows.rows)) r WHERE \(rows.isKept(arms)) GROUP BY w",
            [.text] + numeric.flatMap { _ in [AnswerColumn.Kind.integer, .double, .double] }, cancellation: cancellation
        )
        var moments: [Int: [(mean: Double, variance: Double)]] = [:]
        for (place, index) in numeric.enumerated() {
            moments[index] = arms.map { arm in
                guard let row = answer[0].texts.firstIndex(of: arm), let count = answer[1 + 3 * place].integers[row],
                    count > 0, let sum = answer[2 + 3 * place].doubles[row],
                    let square = answer[3 + 3 * place].doubles[row]
                else { return (0, 0) }
                let mean = sum / Double(count)
                return (mean, max(0, square / Double(count) - mean * mean))
            }
        }
        return moments
    }
}
