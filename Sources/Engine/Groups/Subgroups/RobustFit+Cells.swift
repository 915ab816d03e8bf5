import Effects
import Statistics

extension RobustFit {
    /// From sums by cell, where every unit of a cell has the same regressors: exactly what the units themselves would give,
    /// but that units of one cell share its mean leverage where weights differ.
    ///
    /// A cell of few units says little about its own variance (7 units at a rate of 10% show none half of the time): below
    /// `SmallCell.limit` units its variance is at least the one pooled over the cells of its arm.
    /// - Parameters:
    ///   - rows: the regressors of each cell.
    ///   - sums: of each cell, control and treated in turn.
    ///   - tested: the coefficients asked about.
    /// - Complexity: O(cells x regressors^2).
    init(rows: [[Double]], sums: [ArmSums], testing tested: Range<Int> = 0..<0) {
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
        let asked = cholesky.kept.filter(tested.contains)
        let pooled = [0, 1].map { arm in
            SmallCell.pooled(sums.enumerated().filter { $0.offset % 2 == arm }.map(\.element))
        }
        var (residuals, response, count) = (0.0, 0.0, 0.0)
        var parts: [FTest.CovariancePart] = []
        for (index, cell) in sums.enumerated() where cell.count > 0 {
            let row = rows[index]
            let fitted = zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
            let spread = max(
                0,
                cell.squaredWeightSquare - 2 * fitted * cell.squaredWeightValue
                    + fitted * fitted * cell.squaredWeight)
            residuals += cell.weight > 0 ? spread * cell.weight / cell.squaredWeight : 0
            response += cell.weight > 0 ? cell.squaredWeightSquare * cell.weight / cell.squaredWeight : 0
            count += cell.count
            guard !asked.isEmpty, cell.weight > 0 else { continue }
            let gain = cholesky.solve(row)
            let leverage = zip(row, gain).reduce(0) { $0 + $1.0 * $1.1 } * cell.squaredWeight / cell.weight
            let slack = Self.slack(leverage: leverage)
            let own = (variance: spread / (slack * slack), freedom: max(1, cell.effectiveCount * slack))
            let variance = SmallCell.variance(
                own, count: cell.count, atLeast: pooled[index % 2], times: cell.squaredWeight)
            parts.append(
                FTest.CovariancePart(
                    gain: asked.map { gain[$0] }, variance: variance.variance, freedom: variance.freedom))
        }
        let left = Self.resolved(residuals, of: response)
        self.init(
            coefficients: solution, kept: cholesky.kept, residualSum: left, count: count,
            test: left > 0 && count > Double(cholesky.rank)
                ? .robust(coefficients: asked.map { solution[$0] }, parts: parts) : nil)
    }
}
