import Runtime
import Statistics
import Texts

/// E[long-term outcome given surrogates and covariates], linear, by least squares on a history (METHODS 8.7).
package struct SurrogateIndex: Sendable, Equatable {
    package let rule: IndexRule
    /// Robust covariance (HC1) of intercept and slopes.
    package let covariance: DenseMatrix
    /// Units of the history.
    package let unitCount: Int
    /// Root mean squared error for units that the index was not fitted on, each fifth of the history by the rest.
    package let heldOutError: Double
    /// Standard deviation of the long-term outcome.
    package let spread: Double

    /// The share of the long-term outcome's variance that it explains for units that it was not fitted on.
    package var heldOutExplained: Double { 1 - heldOutError * heldOutError / (spread * spread) }

    package func standardError(ofSlope index: Int) -> Double {
        max(0, covariance[index + 1, index + 1]).squareRoot()
    }

    package static let foldCount = 5
    /// Units of the history for each coefficient, below which none are estimated.
    private static let leastUnits = 2

    /// - Parameter file: of the history, for messages.
    /// - Throws: `EspalierError` (.data) for too few units, and for columns that do not vary or follow from each other.
    /// - Complexity: O(units x columns²).
    package init(_ history: SurrogateHistory, file: String) throws {
        func refuse(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: file, remedy: remedy)
        }
        let wanted = max(2 * Self.foldCount, Self.leastUnits * (history.names.count + 1))
        guard history.count >= wanted else {
            throw refuse(
                "the history has \(HealthText.count(history.count, "row")), too few for an index of "
                    + HealthText.count(history.names.count, "column"),
                "give at least \(wanted) rows, or fewer columns")
        }
        guard history.outcome.first != history.outcome.last else {
            throw refuse(
                "the long-term outcome has one value in all of the history", "give a history in which it varies")
        }
        for (name, column) in zip(history.names, history.columns) where column.allSatisfy({ $0 == column[0] }) {
            throw refuse(
                "the column \(DisplayText.quoted(name)) has one value in all of the history",
                "remove it from the surrogate's columns")
        }
        unitCount = history.count
        let centres = history.columns.map { Self.moments($0).mean }
        let centred = zip(history.columns, centres).map { column, centre in column.map { $0 - centre } }
        let all = Array(0..<history.count)
        guard let fit = LinearRegression(Self.design(centred, all), history.outcome) else {
            // The first column that the ones before it give away.
            let dependent = (1...centred.count).first {
                LinearRegression(Self.design(Array(centred.prefix($0)), all), history.outcome) == nil
            }
            throw refuse(
                "the column \(DisplayText.quoted(history.names[(dependent ?? 1) - 1])) follows from the others in the history",
                "remove it from the surrogate's columns")
        }
        let factor = SemidefiniteFactor(fit.covariance).matrix
        rule = IndexRule(
            names: history.names, centres: centres, intercept: fit.coefficients[0],
            slopes: Array(fit.coefficients.dropFirst()),
            factor: (0..<factor.rowCount).map { row in (0..<factor.columnCount).map { factor[row, $0] } })
        covariance = fit.covariance
        spread = Self.moments(history.outcome).standardDeviation
        heldOutError = Self.heldOutError(centred, history.outcome)
    }

    private static func moments(_ values: [Double]) -> Moments {
        var moments = Moments()
        for value in values { moments.add(value) }
        return moments
    }

    /// A column of ones, then the columns, of some rows.
    static func design(_ columns: [[Double]], _ rows: [Int]) -> DenseMatrix {
        DenseMatrix(
            rowCount: rows.count, columnCount: columns.count + 1,
            values: rows.map { _ in 1.0 } + columns.flatMap { column in rows.map { column[$0] } })
    }

    /// Rows stand in the order of the outcome, so that folds by turns hold alike many of every size. Where a column does not vary
    /// in the rest of a fold, the mean of the rest stands in.
    private static func heldOutError(_ columns: [[Double]], _ outcome: [Double]) -> Double {
        var squares = 0.0
        for fold in 0..<foldCount {
            let rest = outcome.indices.filter { $0 % foldCount != fold }
            let response = rest.map { outcome[$0] }
            let coefficients =
                LinearRegression(design(columns, rest), response)?.coefficients
                ?? [response.reduce(0, +) / Double(response.count)]
            for row in stride(from: fold, to: outcome.count, by: foldCount) {
                var value = coefficients[0]
                for (slope, column) in zip(coefficients.dropFirst(), columns) { value += slope * column[row] }
                squares += (outcome[row] - value) * (outcome[row] - value)
            }
        }
        return (squares / Double(outcome.count)).squareRoot()
    }
}
