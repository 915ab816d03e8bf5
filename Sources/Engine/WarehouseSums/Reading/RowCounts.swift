import Experiments
import Runtime
import Statistics
import Texts
import Warehouses

/// How many rows there are of each arm and part, and in how many something is missing: one pass over all rows.
struct RowCounts: Sendable {
    /// Rows of one value of the treatment column.
    struct Arm: Sendable {
        /// nil where the value is missing.
        let name: String?
        /// Rows that no missing outcome leaves out, by `UnitPart`.
        var kept = [Int](repeating: 0, count: UnitPart.allCases.count)
        var rows = 0
        var missingOutcomes: [Int]
        var missingCovariates: [Int]
        /// Over the tune rows that no missing outcome leaves out, by `UnitRows.ratios`.
        var ratioSums: [(numerator: Double, denominator: Double)]
    }

    private(set) var arms: [Arm] = []
    private let unknownUnits: Int
    private let infiniteOutcomes: [Int]
    private let infiniteCovariates: [Int]

    init(_ rows: UnitRows, cancellation: Cancellation) throws {
        let dialect = rows.dialect
        func count(_ condition: String) -> String {
            dialect.integer("sum(CASE WHEN \(condition) THEN 1 ELSE 0 END)")
        }
        func missing(_ value: String, _ isText: Bool) -> String {
            isText ? "\(value) IS NULL" : "\(value) IS NULL OR \(dialect.isNaN(value))"
        }
        func infinite(_ outcome: Int) -> String {
            let own = dialect.isInfinite("y\(outcome)")
            return rows.ratios.contains(outcome) ? "\(own) OR \(dialect.isInfinite("z\(outcome)"))" : own
        }
        let totals = rows.ratios.flatMap { ["y\($0)", "z\($0)"] }.map { value in
            "sum(" + (rows.isDropped.map { "CASE WHEN NOT (\($0)) THEN \(value) END" } ?? value) + ")"
        }
        let outcomes = (0..<rows.outcomeCount).map { $0 }
        let covariates = (0..<rows.covariateCount).map { $0 }
        let sums =
            ["count(*)", count(rows.isDropped.map { "NOT (\($0))" } ?? "true"), count("m IS NULL")]
            + outcomes.map { count("d\($0)") } + outcomes.map { count(infinite($0)) }
            + covariates.map { count(missing("x\($0)", rows.isCategorical[$0])) }
            + covariates.map { rows.isCategorical[$0] ? "0" : count(dialect.isInfinite("x\($0)")) }
        let query =
            "SELECT w, \(rows.part) AS g, \((sums + totals).joined(separator: ", ")) FROM (\(rows.rows)) q GROUP BY 1, 2 ORDER BY 1, 2"
        let answer = try rows.table.connection.ask(
            query, [.text] + sums.map { _ in .integer } + [.integer] + totals.map { _ in .double },
            cancellation: cancellation)
        let numbers = (1..<sums.count + 2).map { column in answer[column].integers.map { $0 ?? 0 } }
        var (unknown, infiniteY) = (0, outcomes.map { _ in 0 })
        var infiniteX = covariates.map { _ in 0 }
        var known: [String?: Int] = [:]
        for (row, name) in answer[0].texts.enumerated() {
            if known[name] == nil {
                known[name] = arms.count
                arms.append(
                    Arm(
                        name: name, missingOutcomes: outcomes.map { _ in 0 },
                        missingCovariates: covariates.map { _ in 0 }, ratioSums: rows.ratios.map { _ in (0, 0) }))
            }
            let arm = known[name] ?? 0
            arms[arm].rows += numbers[1][row]
            arms[arm].kept[numbers[0][row]] += numbers[2][row]
            unknown += numbers[3][row]
            var next = 4
            for j in outcomes { arms[arm].missingOutcomes[j] += numbers[next + j][row] }
            next += outcomes.count
            for j in outcomes { infiniteY[j] += numbers[next + j][row] }
            next += outcomes.count
            for c in covariates { arms[arm].missingCovariates[c] += numbers[next + c][row] }
            next += covariates.count
            for c in covariates { infiniteX[c] += numbers[next + c][row] }
            guard numbers[0][row] != UnitPart.confirm.rawValue else { continue }
            for ratio in rows.ratios.indices {
                let first = sums.count + 2 + 2 * ratio
                arms[arm].ratioSums[ratio].numerator += answer[first].doubles[row] ?? 0
                arms[arm].ratioSums[ratio].denominator += answer[first + 1].doubles[row] ?? 0
            }
        }
        unknownUnits = unknown
        infiniteOutcomes = infiniteY
        infiniteCovariates = infiniteX
    }

    /// The arms in the experiment's order, control first.
    /// - Throws: `EspalierError(.data)` for what makes the experiment impossible.
    func checked(_ rows: UnitRows) throws -> [String] {
        let (spec, file) = (rows.spec, rows.file)
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: file, remedy: remedy)
        }
        func count(_ rows: Int) -> String { "\(rows) row\(rows == 1 ? "" : "s")" }
        let column = DisplayText.quoted(spec.treatment.column)
        guard !arms.isEmpty else { throw error("there are no rows", "check the table, or the query") }
        if unknownUnits > 0 {
            throw error("the unit's id is missing in \(count(unknownUnits))", "leave them out by a query")
        }
        let names = arms.compactMap(\.name)
        if let missing = arms.first(where: { $0.name == nil }) {
            throw error("the treatment column \(column) is missing in \(count(missing.rows))", "give each unit its arm")
        }
        let control = spec.treatment.control
        guard names.contains(control) else {
            throw error(
                "no unit has the control \(DisplayText.quoted(control)) in the treatment column \(column)",
                NearestName.hint(control, among: names)
                    ?? "its values are " + names.prefix(5).map { DisplayText.quoted($0) }.joined(separator: ", "))
        }
        let declared = spec.treatment.arms
        if let declared {
            if spec.treatment.others == nil, let other = arms.first(where: { !declared.contains($0.name ?? "") }) {
                throw error(
                    "the arm \(DisplayText.quoted(other.name ?? "")) of \(count(other.rows)) is not among the declared arms",
                    NearestName.hint(other.name ?? "", among: declared)
                        ?? "add it to treatment.arms, or leave its rows out with others: drop")
            }
            if let absent = declared.first(where: { !names.contains($0) }) {
                throw error(
                    "no unit has the declared arm \(DisplayText.quoted(absent))",
                    NearestName.hint(absent, among: names) ?? "remove it from treatment.arms")
            }
        }
        let listed = declared ?? names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard listed.count <= ExperimentLimits.arms else {
            throw error(
                "the treatment column \(column) has \(listed.count) values, more than the limit of \(ExperimentLimits.arms)",
                "name the column that holds the arms")
        }
        let all = [control] + listed.filter { $0 != control }
        guard all.count >= 2 else {
            throw error(
                "all units have the same arm, \(DisplayText.quoted(control))", "an experiment needs two arms or more")
        }
        let kept = arms.filter { all.contains($0.name ?? "") }
        for (j, outcome) in spec.outcomes.enumerated() {
            let name = DisplayText.quoted(outcome.name)
            let missing = kept.reduce(0) { $0 + $1.missingOutcomes[j] }
            if missing > 0, outcome.missing == nil {
                throw error(
                    "the outcome \(name) is missing in \(count(missing))",
                    "say missing: zero or missing: drop in the outcome's spec")
            }
            if infiniteOutcomes[j] > 0 {
                throw error("the outcome \(name) is infinite in \(count(infiniteOutcomes[j]))", "check the column")
            }
        }
        for (covariate, infinite) in zip(spec.covariates, infiniteCovariates) where infinite > 0 {
            throw error(
                "the covariate \(DisplayText.quoted(covariate.column)) is infinite in \(count(infinite))",
                "check it or change its unit")
        }
        if let empty = all.first(where: { name in arms.first { $0.name == name }?.kept.reduce(0, +) == 0 }) {
            throw error(
                "no unit of the arm \(DisplayText.quoted(empty)) has all outcomes",
                "use missing: zero, or leave out the outcome that is missing there")
        }
        return all
    }

    /// The counts of one arm.
    func arm(_ name: String) -> Arm? { arms.first { $0.name == name } }
}
