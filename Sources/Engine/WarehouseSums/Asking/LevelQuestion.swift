import Warehouses

/// Sums by node, covariate and bin: one pass over the units, whose shape is what the engine is quickest with.
struct LevelQuestion {
    /// A query of the units with their cell, `c`, negative for those of none, their bins and their outcomes.
    let units: String
    /// Whose bins, `b` and their number, the units are counted by.
    let covariates: [Int]
    /// Columns of the units that are summed.
    let outcomes: [String]
    /// What is summed of each group.
    let sums: [String]

    /// Rows of the covariate's position, the cell, the bin and the sums.
    func text(_ dialect: SQLDialect) -> String {
        let columns = sums.joined(separator: ", ")
        guard dialect.stacks else {
            let questions = covariates.enumerated().map { position, covariate in
                "SELECT \(position), c, b\(covariate), \(columns) FROM q WHERE c >= 0 GROUP BY c, b\(covariate)"
            }
            return "WITH q AS MATERIALIZED (\(units)) \(questions.joined(separator: " UNION ALL "))"
        }
        let pairs = covariates.enumerated().map { "\($0), b\($1)" }.joined(separator: ", ")
        let stacked = "stack(\(covariates.count), \(pairs)) AS (k, b)"
        return "SELECT k, c, b, \(columns) FROM (SELECT \((["c"] + outcomes + [stacked]).joined(separator: ", ")) "
            + "FROM (\(units)) q WHERE c >= 0) s GROUP BY k, c, b"
    }
}
