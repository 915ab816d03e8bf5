import Experiments
import Runtime
import Texts

/// The columns of a file of results that a plan's outcomes are made of.
struct ResultColumns: Sendable {
    /// To be read, each with whether a missing value counts as 0.
    let names: [(name: String, missing: MissingRule?)]
    /// One per outcome of the plan, by index into `values`.
    private(set) var terms: [OutcomeTerms]
    /// One per term's column, in the file's order of records.
    private(set) var values: [[Double]] = []
    /// By column of `values`: the columns read and their weights, and what is added to their sum.
    private let parts: [(columns: [(name: String, weight: Double)], level: Double)]

    /// - Parameter header: of the file: an outcome whose own name stands there is read from that column.
    init(_ plan: OnlinePlan, header: Set<String>) {
        var names: [(name: String, missing: MissingRule?)] = []
        var parts: [(columns: [(name: String, weight: Double)], level: Double)] = []
        var terms: [OutcomeTerms] = []
        func add(
            _ columns: [(name: String, weight: Double)], _ outcome: OnlinePlan.Outcome, level: Double = 0
        ) -> Int {
            for column in columns where !names.contains(where: { $0.name == column.name }) {
                names.append((column.name, outcome.missing))
            }
            parts.append((columns, level))
            return parts.count - 1
        }
        for outcome in plan.outcomes {
            switch outcome.source {
            case .ratio(let numerator, let denominator):
                terms.append(
                    OutcomeTerms(
                        numerator: add([(numerator, 1)], outcome), denominator: add([(denominator, 1)], outcome)))
            case _ where header.contains(outcome.name):
                terms.append(OutcomeTerms(numerator: add([(outcome.name, 1)], outcome)))
            case .column(let name):
                terms.append(OutcomeTerms(numerator: add([(name, 1)], outcome)))
            case .surrogate:
                guard let index = outcome.index else {
                    terms.append(OutcomeTerms(numerator: add([(outcome.name, 1)], outcome)))
                    continue
                }
                let columns = index.names.map { add([($0, 1)], outcome) }
                let level = zip(index.slopes, index.centres).reduce(index.intercept) { $0 - $1.0 * $1.1 }
                let own = add(zip(index.names, index.slopes).map { ($0, $1) }, outcome, level: level)
                terms.append(OutcomeTerms(numerator: own, index: (index, columns)))
            case .weightedSum(let weights):
                let columns = weights.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
                terms.append(OutcomeTerms(numerator: add(columns, outcome)))
            }
        }
        self.names = names
        self.parts = parts
        self.terms = terms
    }

    /// Takes the values from a table that was read.
    /// - Parameter arms: of the units; nil where the file has none.
    /// - Throws: what `error` makes of a missing value and its record; `EspalierError` (.data) where costs need arms.
    mutating func fill(
        _ table: Table, arms: [UInt8]?, plan: OnlinePlan, error: (String, Int, String) -> EspalierError
    ) throws {
        var columns: [String: [Double]] = [:]
        for (name, missing) in names {
            var column = table.numbers(name)
            if missing == .zero {
                for record in column.indices where column[record].isNaN { column[record] = 0 }
            }
            if let record = column.firstIndex(where: { !$0.isFinite }) {
                throw error(
                    "the outcome \(DisplayText.quoted(name)) is missing here", record,
                    "give every unit every outcome, or leave out the outcome when planning")
            }
            columns[name] = column
        }
        values = parts.map { part, level in
            guard part.count > 1 || part.first?.weight != 1 || level != 0 else { return columns[part[0].name] ?? [] }
            return (0..<table.recordCount).map { record in
                part.reduce(level) { $0 + $1.weight * (columns[$1.name]?[record] ?? 0) }
            }
        }
        for (index, outcome) in plan.outcomes.enumerated() where !outcome.armCosts.isEmpty {
            guard let arms else {
                throw EspalierError(
                    .data,
                    "the outcome \(DisplayText.quoted(outcome.name)) has costs by arm, and the results have no arms",
                    remedy: "add a column arm")
            }
            let costs = plan.arms.map { outcome.armCosts[$0] ?? 0 }
            terms[index].cost = values.count
            values.append(arms.map { costs[Int($0)] })
        }
    }

    /// One column per outcome, whose plain mean over all units is the outcome's value there.
    func linearised(_ values: [[Double]]) -> [[Double]] {
        terms.map { term in
            var column = values[term.numerator]
            if let denominator = term.denominator {
                let sums = (column.reduce(0, +), values[denominator].reduce(0, +))
                let (ratio, mean) = (sums.0 / sums.1, sums.1 / Double(max(1, column.count)))
                for row in column.indices {
                    column[row] = ratio + (column[row] - ratio * values[denominator][row]) / mean
                }
            }
            if let cost = term.cost {
                for row in column.indices { column[row] -= values[cost][row] }
            }
            return column
        }
    }
}
