import Runtime
import Statistics

extension RobustFit {
    /// From columns of regressors, one entry per unit.
    /// - Parameter tested: the coefficients asked about.
    /// - Complexity: O(units x regressors^2).
    init(
        columns: [[Float]], response: [Float], weights: [Float]?, testing tested: Range<Int> = 0..<0
    ) throws {
        let one = Workers(count: 1)
        func weighted(_ column: [Float], by factors: [Float]) -> [Float] { zip(column, factors).map { $0 * $1 } }
        let scaled = weights.map { weights in columns.map { weighted($0, by: weights) } } ?? columns
        let cholesky = ReducedCholesky(try ColumnProducts.gram(scaled, columns, workers: one))
        let solution = cholesky.solve(scaled.map { ColumnProducts.dot($0, response) })
        var residuals = response.map(Double.init)
        for (column, factor) in zip(columns, solution) { ColumnProducts.add(column, times: -factor, to: &residuals) }
        var (sum, total) = (0.0, 0.0)
        for unit in residuals.indices {
            let weight = Double(weights?[unit] ?? 1)
            sum += weight * residuals[unit] * residuals[unit]
            total += weight * Double(response[unit]) * Double(response[unit])
        }
        let left = Self.resolved(sum, of: total)
        let asked = cholesky.kept.filter(tested.contains)
        var test: FTest?
        if !asked.isEmpty, left > 0, response.count > cholesky.rank {
            test = Self.test(asked, solution, cholesky, columns, residuals, weights)
        }
        self.init(
            coefficients: solution, kept: cholesky.kept, residualSum: left, count: Double(response.count), test: test)
    }

    /// The test from each unit's residual and leverage.
    ///
    /// A squared residual of mean v estimates v with variance 2 v², and its own square has mean 3 v²: it counts as three
    /// degrees of freedom (for normal noise; fewer where tails are heavier, as it should).
    private static func test(
        _ asked: [Int], _ solution: [Double], _ cholesky: ReducedCholesky, _ columns: [[Float]],
        _ residuals: [Double], _ weights: [Float]?
    ) -> FTest? {
        let count = residuals.count
        var leverages = [Double](repeating: 0, count: count)
        var gains: [[Double]] = []
        for regressor in cholesky.kept {
            let unitVector = columns.indices.map { $0 == regressor ? 1.0 : 0 }
            var gain = [Double](repeating: 0, count: count)
            for (column, factor) in zip(columns, cholesky.solve(unitVector)) {
                ColumnProducts.add(column, times: factor, to: &gain)
            }
            for unit in 0..<count { leverages[unit] += gain[unit] * Double(columns[regressor][unit]) }
            if asked.contains(regressor) { gains.append(gain) }
        }
        let variances = (0..<count).map { unit -> Double in
            let weight = Double(weights?[unit] ?? 1)
            let corrected = weight * residuals[unit] / slack(leverage: weight * leverages[unit])
            return corrected * corrected
        }
        var covariance = gains.map { _ in [Double](repeating: 0, count: gains.count) }
        for i in gains.indices {
            for j in 0...i {
                var sum = 0.0
                for unit in 0..<count { sum += variances[unit] * gains[i][unit] * gains[j][unit] }
                covariance[i][j] = sum
                covariance[j][i] = sum
            }
        }
        let block = ReducedCholesky(covariance)
        guard block.rank == gains.count else { return nil }
        let inverse = gains.indices.map { index in block.solve(gains.indices.map { $0 == index ? 1 : 0 }) }
        var variation = 0.0
        for unit in 0..<count {
            var form = 0.0
            for i in gains.indices {
                for j in gains.indices { form += gains[i][unit] * inverse[i][j] * gains[j][unit] }
            }
            let share = variances[unit] * form
            variation += 2 * share * share / 3
        }
        let coefficients = asked.map { solution[$0] }
        return .hotelling(wald: block.quadraticForm(coefficients), count: asked.count, variation: variation)
    }
}
