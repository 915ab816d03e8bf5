import Effects
import Runtime
import Statistics

extension RobustFit {
    /// From sums by cell, where every unit of a cell has the same regressors: exactly what the units themselves would give.
    /// - Parameters:
    ///   - rows: the regressors of each cell.
    ///   - sums: of each cell.
    /// - Complexity: O(cells x regressors^2).
    init(rows: [[Double]], sums: [ArmSums]) {
        let width = rows.first?.count ?? 0
        var gram = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
        var moments = [Double](repeating: 0, count: width)
        for (row, cell) in zip(rows, sums) where cell.count > 0 {
            for i in 0..<width where row[i] != 0 {
                moments[i] += row[i] * cell.weightedValue
                for j in 0...i { gram[i][j] += row[i] * row[j] * cell.weight }
            }
        }
        for i in 0..<width { for j in 0..<i { gram[j][i] = gram[i][j] } }
        let cholesky = ReducedCholesky(gram)
        let solution = cholesky.solve(moments)
        var meat = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
        var (residuals, response, count) = (0.0, 0.0, 0.0)
        for (row, cell) in zip(rows, sums) where cell.count > 0 {
            let fitted = zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
            let spread = max(
                0,
                cell.squaredWeightSquare - 2 * fitted * cell.squaredWeightValue
                    + fitted * fitted * cell.squaredWeight)
            residuals += cell.weight > 0 ? spread * cell.weight / cell.squaredWeight : 0
            response += cell.weight > 0 ? cell.squaredWeightSquare * cell.weight / cell.squaredWeight : 0
            count += cell.count
            for i in 0..<width where row[i] != 0 {
                for j in 0..<width where row[j] != 0 { meat[i][j] += row[i] * row[j] * spread }
            }
        }
        self.init(
            coefficients: solution, covariance: Self.sandwich(cholesky, meat, count: count), kept: cholesky.kept,
            residualSum: Self.resolved(residuals, of: response), count: count)
    }

    /// A⁻¹ M A⁻¹ n/(n - rank).
    static func sandwich(_ cholesky: ReducedCholesky, _ meat: [[Double]], count: Double) -> [[Double]] {
        let half = meat.map { cholesky.solve($0) }
        let correction = count / max(1, count - Double(cholesky.rank))
        let columns = meat.indices.map { j in cholesky.solve(half.map { $0[j] }) }
        return meat.indices.map { i in columns.map { correction * $0[i] } }
    }

    /// From columns of regressors, one entry per unit.
    /// - Complexity: O(units x regressors^2).
    init(columns: [[Float]], response: [Float], weights: [Float]?) throws {
        let one = Workers(count: 1)
        func weighted(_ column: [Float], by factors: [Float]) -> [Float] { zip(column, factors).map { $0 * $1 } }
        let scaled = weights.map { weights in columns.map { weighted($0, by: weights) } } ?? columns
        let cholesky = ReducedCholesky(try ColumnProducts.gram(scaled, columns, workers: one))
        let solution = cholesky.solve(scaled.map { ColumnProducts.dot($0, response) })
        var residuals = response.map(Double.init)
        for (column, factor) in zip(columns, solution) { ColumnProducts.add(column, times: -factor, to: &residuals) }
        var (sum, total) = (0.0, 0.0)
        let squares = residuals.indices.map { unit -> Float in
            let weight = Double(weights?[unit] ?? 1)
            sum += weight * residuals[unit] * residuals[unit]
            total += weight * Double(response[unit]) * Double(response[unit])
            return Float(weight * weight * residuals[unit] * residuals[unit])
        }
        let meat = try ColumnProducts.gram(columns.map { weighted($0, by: squares) }, columns, workers: one)
        self.init(
            coefficients: solution, covariance: Self.sandwich(cholesky, meat, count: Double(response.count)),
            kept: cholesky.kept, residualSum: Self.resolved(sum, of: total),
            count: Double(response.count))
    }
}
