import Experiments
import Runtime
import Warehouses

/// What all tune units say of how outcomes are made: the sums that ratios are linearised by, and the limits that extreme values are
/// pulled in to.
struct WholeOutcomes {
    private let counts: [RowCounts.Arm]
    private let tuneCount: Int

    /// - Parameter arms: in the experiment's order.
    init(_ counts: RowCounts, arms: [String]) {
        self.counts = arms.compactMap(counts.arm)
        tuneCount = self.counts.reduce(0) { $0 + $1.kept.dropLast().reduce(0, +) }
    }

    /// Tells the rows of it.
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: two passes over the rows where an outcome is winsorised, else none.
    func tell(_ rows: inout UnitRows, arms: [String], _ cancellation: Cancellation) throws {
        rows.whole = try rows.spec.outcomes.indices.map { try ratio($0, rows) }
        let wanted = rows.spec.outcomes.indices.filter { rows.spec.outcomes[$0].winsorize != nil }
        guard !wanted.isEmpty, tuneCount > 0 else { return }
        let limits = try limits(wanted, rows, arms, cancellation)
        let clipped = try clipped(zip(wanted, limits).map { ($0, $1.low, $1.high) }, rows, arms, cancellation)
        for (place, outcome) in wanted.enumerated() {
            rows.whole[outcome].winsorizing = Winsorizing(
                quantile: rows.spec.outcomes[outcome].winsorize ?? 1, low: limits[place].low, high: limits[place].high,
                clippedCount: clipped[place])
        }
    }

    private func ratio(_ outcome: Int, _ rows: UnitRows) throws -> WholeOutcome {
        guard let place = rows.ratios.firstIndex(of: outcome),
            case .ratio(_, let column) = rows.spec.outcomes[outcome].source
        else { return WholeOutcome() }
        let name = rows.spec.outcomes[outcome].name
        let sums = counts.map { $0.ratioSums[place] }
        let denominators = sums.map(\.denominator)
        guard
            let ratio = LinearRatio(
                control: sums[0], total: denominators.reduce(0, +), units: tuneCount)
        else { throw LinearRatio.error(name, denominator: column, file: rows.file) }
        return WholeOutcome(
            ratio: ratio,
            denominators: DenominatorNotes(
                outcome: name, column: column, sums: denominators,
                counts: counts.map { Double($0.kept.dropLast().reduce(0, +)) }))
    }

    /// The values at the reader's two places in the order of all tune units, exactly: an engine sorts what it is asked for.
    private func limits(
        _ outcomes: [Int], _ rows: UnitRows, _ arms: [String], _ cancellation: Cancellation
    ) throws -> [(low: Double, high: Double)] {
        let columns = outcomes.flatMap { outcome in
            let places = Winsorizing.places(quantile: rows.spec.outcomes[outcome].winsorize ?? 1, of: tuneCount)
            return [places.low, places.high].map { place in
                // In the midst between two places, so that no rounding reaches the next.
                let share = rows.dialect.literal((Double(place) + 0.5) / Double(tuneCount))
                return "percentile_disc(\(share)) WITHIN GROUP (ORDER BY \(rows.outcome(outcome)))"
            }
        }
        let answer = try rows.table.connection.ask(
            "SELECT \(columns.joined(separator: ", ")) FROM (\(rows.rows)) r WHERE \(rows.isKept(arms)) AND \(rows.isTune)",
            columns.map { _ in .double }, cancellation: cancellation)
        return outcomes.indices.map { place in
            (
                answer[2 * place].doubles.first.flatMap(\.self) ?? 0,
                answer[2 * place + 1].doubles.first.flatMap(\.self) ?? 0
            )
        }
    }

    /// Units, of all, beyond the limits of each outcome.
    private func clipped(
        _ limits: [(outcome: Int, low: Double, high: Double)], _ rows: UnitRows, _ arms: [String],
        _ cancellation: Cancellation
    ) throws -> [Int] {
        let columns = limits.map { limit in
            let value = rows.outcome(limit.outcome)
            let isBeyond =
                "\(value) < \(rows.dialect.literal(limit.low)) OR \(value) > \(rows.dialect.literal(limit.high))"
            return "count(CASE WHEN \(isBeyond) THEN 1 END)"
        }
        let answer = try rows.table.connection.ask(
            "SELECT \(columns.joined(separator: ", ")) FROM (\(rows.rows)) r WHERE \(rows.isKept(arms))",
            columns.map { _ in .integer }, cancellation: cancellation)
        return columns.indices.map { answer[$0].integers.first.flatMap(\.self) ?? 0 }
    }
}
