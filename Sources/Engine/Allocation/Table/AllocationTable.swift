import Runtime
import Texts

/// A table of one's own to allocate: one row for each cohort and treatment, with the cohort's size and the effects on the
/// objective u0 and on the costs u1, u2, ...; treatment 0 is control.
package struct AllocationTable: Sendable, Equatable {
    /// In the order of the table.
    package let cohorts: [String]
    /// Control first, the others by number, or in the order of the table where one is no number.
    package let treatments: [String]
    /// The names of the outcomes' columns, the objective u0 first.
    package let outcomes: [String]
    package let sizes: [Double]
    /// By outcome: cohorts x treatments.
    package let means: [[Double]]
    /// The variances of the means; nil where the table has none for an outcome.
    package let variances: [[Double]?]

    package static let control = "0"

    /// The table as it was written, before anything is known of it.
    struct Rows {
        var file: String
        var cohorts: [String] = []
        var treatments: [String] = []
        var sizes: [Double] = []
        /// Name and values.
        var outcomes: [(name: String, values: [Double])] = []
        var variances: [[Double]?] = []
        var line: (Int) -> Int

        func error(_ message: String, row: Int? = nil, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: file, line: row.map(line), remedy: remedy)
        }
    }

    /// - Throws: `EspalierError` (.data), with the line: a cell that stands twice or is missing, a cohort without treatment 0
    ///   or with two sizes, a number that is missing, a negative size or variance.
    init(_ rows: Rows) throws {
        guard !rows.cohorts.isEmpty else {
            throw rows.error("the table has no rows", "give each cohort its treatments")
        }
        func quoted(_ text: String) -> String { DisplayText.quoted(text) }
        var cohorts: [String] = []
        var cohortIndex: [String: Int] = [:]
        var treatments: [String] = []
        for (cohort, treatment) in zip(rows.cohorts, rows.treatments) {
            if cohortIndex.updateValue(cohortIndex[cohort] ?? cohorts.count, forKey: cohort) == nil {
                cohorts.append(cohort)
            }
            if !treatments.contains(treatment) { treatments.append(treatment) }
        }
        guard treatments.contains(Self.control) else {
            throw rows.error(
                "no cohort has the treatment 0", "give every cohort a row of treatment 0, which is control")
        }
        let numbers = treatments.compactMap { Int($0) }
        if numbers.count == treatments.count { treatments.sort { (Int($0) ?? 0) < (Int($1) ?? 0) } }
        treatments.removeAll { $0 == Self.control }
        treatments.insert(Self.control, at: 0)
        let armIndex = Dictionary(uniqueKeysWithValues: treatments.enumerated().map { ($0.element, $0.offset) })

        var rowOfCell = [Int?](repeating: nil, count: cohorts.count * treatments.count)
        var firstRow = [Int?](repeating: nil, count: cohorts.count)
        for row in rows.cohorts.indices {
            let (cohort, treatment) = (rows.cohorts[row], rows.treatments[row])
            guard let c = cohortIndex[cohort], let arm = armIndex[treatment] else { continue }
            let cell = c * treatments.count + arm
            guard rowOfCell[cell] == nil else {
                throw rows.error(
                    "cohort \(quoted(cohort)) and treatment \(quoted(treatment)) stand here a second time", row: row,
                    "keep one row")
            }
            rowOfCell[cell] = row
            try Self.check(row, of: rows)
            let first = firstRow[c] ?? row
            firstRow[c] = first
            guard abs(rows.sizes[row] - rows.sizes[first]) <= 1e-9 * rows.sizes[first] else {
                throw rows.error(
                    "cohort \(quoted(cohort)) has the size \(rows.sizes[row]) here and \(rows.sizes[first]) before",
                    row: row, "give all its rows one size")
            }
        }
        let cells = try rowOfCell.enumerated().map { cell, row in
            if let row { return row }
            let cohort = cell / treatments.count
            throw rows.error(
                "cohort \(quoted(cohorts[cohort])) has no row for the treatment "
                    + quoted(treatments[cell % treatments.count]),
                row: firstRow[cohort], "give every cohort a row for every treatment")
        }
        let sizes = firstRow.compactMap { $0.map { rows.sizes[$0] } }
        guard sizes.contains(where: { $0 > 0 }) else {
            throw rows.error("the sizes of all cohorts are 0", "give each its number or share of units")
        }
        self.cohorts = cohorts
        self.treatments = treatments
        self.sizes = sizes
        outcomes = rows.outcomes.map(\.name)
        means = rows.outcomes.map { outcome in cells.map { outcome.values[$0] } }
        variances = rows.variances.map { variances in variances.map { variances in cells.map { variances[$0] } } }
    }

    private static func check(_ row: Int, of rows: Rows) throws {
        guard rows.sizes[row].isFinite else { throw rows.error("the size is missing", row: row, "give a number") }
        guard rows.sizes[row] >= 0 else {
            throw rows.error("the size \(rows.sizes[row]) is negative", row: row, "give 0 or more")
        }
        for (outcome, variances) in zip(rows.outcomes, rows.variances) {
            guard outcome.values[row].isFinite else {
                throw rows.error("\(outcome.name) is missing", row: row, "give a number")
            }
            guard let variance = variances?[row] else { continue }
            guard variance.isFinite else {
                throw rows.error("the variance of \(outcome.name) is missing", row: row, "give a number")
            }
            guard variance >= 0 else {
                throw rows.error(
                    "the variance \(variance) of \(outcome.name) is negative", row: row, "give 0 or more")
            }
        }
    }

    /// The problem under upper limits on costs.
    /// - Parameter limits: names of outcomes and their thresholds.
    /// - Throws: `EspalierError` (.usage): an unknown outcome, the objective, two limits on one outcome.
    package func problem(limits: [(name: String, threshold: Double)]) throws -> AllocationProblem {
        let costs = outcomes.dropFirst()
        var limited: Set<String> = []
        let limits = try limits.map { limit in
            guard let outcome = outcomes.firstIndex(of: limit.name), outcome > 0 else {
                throw EspalierError(
                    .usage,
                    limit.name == outcomes[0]
                        ? "\(limit.name) is the objective and has no limit"
                        : "there is no outcome \(DisplayText.quoted(limit.name)) to limit",
                    remedy: costs.isEmpty
                        ? "the table has no costs: leave the limit out"
                        : "choose one of: \(costs.joined(separator: ", "))")
            }
            guard limited.insert(limit.name).inserted else {
                throw EspalierError(
                    .usage, "there are two limits on \(DisplayText.quoted(limit.name))", remedy: "give one")
            }
            return AllocationLimit(outcome: outcome, sense: .atMost, threshold: limit.threshold)
        }
        return try AllocationProblem(
            armCount: treatments.count, sizes: sizes,
            outcomes: outcomes.indices.map { outcome in
                OutcomeEffects(
                    name: outcomes[outcome], means: means[outcome],
                    errors: variances[outcome].map { EffectErrors(variances: $0) })
            }, limits: limits)
    }
}
