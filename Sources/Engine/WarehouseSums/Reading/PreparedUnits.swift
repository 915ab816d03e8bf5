import Experiments
import Warehouses

/// The table that all sums are taken from: arm, part, bins and outcomes of every unit, as small as they can be held.
struct PreparedUnits {
    let query: String

    init(
        _ rows: UnitRows, arms: [String], _ covariates: [CovariateBins], _ sample: Experiment, _ earlier: EarlierValues
    ) {
        let dialect = rows.dialect
        let stored = covariates.enumerated().map { "\($1.stored("x\($0)", dialect)) AS v\($0)" }
        let outcomes = sample.outcomes.map(\.observed).enumerated().map { index, scaled in
            // Rounded as the reader rounds: sums of data in memory and in a warehouse differ by the order of adding alone.
            let value =
                "(\(rows.outcome(index)) - \(Self.signed(scaled.centre, dialect))) / \(Self.signed(scaled.scale, dialect))"
            return "\(dialect.real(value)) AS y\(index)"
        }
        let branches = arms.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
        let unit = [
            "\(dialect.small("CASE w \(branches.joined(separator: " ")) END")) AS w",
            "\(dialect.small(rows.part)) AS g",
        ]
        let kept =
            "SELECT \((unit + stored + outcomes + earlier.columns(dialect)).joined(separator: ", ")) FROM (\(rows.rows)) r WHERE \(rows.isKept(arms))"
        let bins = covariates.enumerated().map { "\($1.bin("v\($0)", dialect)) AS b\($0)" }
        let values = outcomes.indices.map { "y\($0)" } + earlier.names
        query = "SELECT \((["w", "g"] + bins + values).joined(separator: ", ")) FROM (\(kept)) p"
    }

    /// A number that may be negative, behind an operator.
    private static func signed(_ number: Double, _ dialect: SQLDialect) -> String { "(\(dialect.literal(number)))" }
}
