import Runtime
import Statistics

/// By how much outcomes differ between the periods in which units were in an experiment, once arms and covariates are accounted for:
/// each arm has its own slopes, all arms share the periods (METHODS 8.4). Without it a change of level passes for an effect of the
/// arms that one period gave more often.
package enum PeriodLevels {
    /// Against columns that are one another's sums, as a part of the units.
    private static let ridge = 1e-6

    /// - Parameters:
    ///   - outcomes: one column each, of any level.
    ///   - periods: from 0, by unit.
    ///   - design: columns that outcomes may be linear in, one entry per unit.
    /// - Returns: by outcome and then by period, less the mean of all units; zeros where no two periods share an arm.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x (design + periods + outcomes)²).
    package static func estimate(
        _ outcomes: [[Float]], periods: [UInt8], periodCount: Int, arms: [UInt8], armCount: Int, design: [[Float]],
        context: RunContext
    ) throws -> [[Double]] {
        let indicators = (1..<periodCount).map { period in periods.map { Float(Int($0) == period ? 1 : 0) } }
        let ones = [Float](repeating: 1, count: periods.count)
        let base = [ones] + design
        let targets = indicators + outcomes
        let width = indicators.count
        // What base columns leave of periods and outcomes, summed over the arms: least squares with slopes by arm.
        var left = DenseMatrix(rowCount: width, columnCount: width, values: Array(repeating: 0, count: width * width))
        var right = DenseMatrix(
            rowCount: width, columnCount: outcomes.count, values: Array(repeating: 0, count: width * outcomes.count))
        for arm in 0..<armCount {
            try context.cancellation.check()
            let units = arms.indices.filter { Int(arms[$0]) == arm }
            guard !units.isEmpty else { continue }
            let own = (base + targets).map { column in units.map { column[$0] } }
            let products = try ColumnProducts.gram(own, own, workers: context.workers)
            let free = base.count
            let matrix = DenseMatrix(rowCount: free, columnCount: free) { a, b in
                products[a][b] + (a == b ? ridge * Double(units.count) : 0)
            }
            let crossed = DenseMatrix(rowCount: free, columnCount: targets.count) { products[$0][free + $1] }
            guard let slopes = Cholesky(matrix)?.solve(crossed) else { continue }
            func rest(_ a: Int, _ b: Int) -> Double {
                products[free + a][free + b] - (0..<free).reduce(0) { $0 + crossed[$1, a] * slopes[$1, b] }
            }
            left = DenseMatrix(rowCount: width, columnCount: width) { left[$0, $1] + rest($0, $1) }
            right = DenseMatrix(rowCount: width, columnCount: outcomes.count) { right[$0, $1] + rest($0, width + $1) }
        }
        let least = ridge * Double(max(1, periods.count))
        let solved = Cholesky(
            DenseMatrix(rowCount: width, columnCount: width) { left[$0, $1] + ($0 == $1 ? least : 0) })?.solve(right)
        let shares = (0..<periodCount).map { period in
            Double(periods.count { Int($0) == period }) / Double(max(1, periods.count))
        }
        return outcomes.indices.map { outcome in
            let levels = [0] + (0..<width).map { solved?[$0, outcome] ?? 0 }
            let mean = zip(levels, shares).reduce(0) { $0 + $1.0 * $1.1 }
            return levels.map { $0 - mean }
        }
    }
}
