import Runtime
import Statistics

/// Expected outcomes of units in every arm, each by models of other units (METHODS 8.1): ridge regressions by arm, shrunk to
/// that of all arms, with the period as a covariate, for a change of level between rounds is no effect of an arm.
package struct ArmRegression: Sendable {
    /// At arm * outcomes + outcome, by unit: each in its own period.
    package let means: [[Float]]
    /// By outcome and then by period: the level of a period that neither arms nor covariates account for, less the units' mean.
    package let periodLevels: [[Double]]

    /// Of standardised features: what pulls slopes to 0, and an arm's to those of all arms.
    private static let penalty = 20.0
    private static let leastPenalty = 1e-6
    private static let foldCount = 2

    /// - Parameters:
    ///   - periods: from 0, by unit.
    ///   - folds: 0 or 1, by unit, by nothing but its id.
    ///   - outcomes: one column each.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x features²).
    package init(
        _ features: UnitFeatures, arms: [UInt8], armCount: Int, periods: [UInt8], periodCount: Int, folds: [UInt8],
        outcomes: [[Double]], context: RunContext
    ) throws {
        let count = features.unitCount
        let width = outcomes.count
        let centres = outcomes.map { $0.reduce(0, +) / Double(max(1, count)) }
        // 1, the periods but the first, the features; then the outcomes.
        let indicators = (1..<max(1, periodCount)).map { period in periods.map { Float(Int($0) == period ? 1 : 0) } }
        let design = [[Float](repeating: 1, count: count)] + indicators + features.columns
        let targets = zip(outcomes, centres).map { column, centre in column.map { Float($0 - centre) } }
        let products = try Self.products(design + targets, arms: arms, armCount: armCount, folds: folds, context)
        let shape = Shape(design: design.count, periods: indicators.count, arms: armCount, outcomes: width)
        let fits = (0..<Self.foldCount).map { fold in
            // The models of a fold's units are made of the others.
            Fit((0..<armCount).map { products[(1 - fold) * armCount + $0] }, shape)
        }
        means = try context.workers.map(armCount * width) { index -> [Float] in
            try context.cancellation.check()
            let (arm, outcome) = index.quotientAndRemainder(dividingBy: width)
            var column = [Float](repeating: 0, count: count)
            let slopes = fits.map { fit in fit.slopes[arm].map { Float($0[outcome]) } }
            for (k, feature) in design.enumerated() {
                let pair = (slopes[0][k], slopes[1][k])
                for unit in 0..<count { column[unit] += (folds[unit] == 0 ? pair.0 : pair.1) * feature[unit] }
            }
            let centre = Float(centres[outcome])
            for unit in 0..<count { column[unit] += centre }
            return column
        }
        let shares = (0..<periodCount).map { period in
            Double(periods.count { Int($0) == period }) / Double(max(1, count))
        }
        periodLevels = (0..<width).map { outcome in
            let levels = (0..<periodCount).map { period in
                period == 0 ? 0 : fits.reduce(0) { $0 + $1.pooled[period][outcome] } / Double(fits.count)
            }
            let mean = zip(levels, shares).reduce(0) { $0 + $1.0 * $1.1 }
            return levels.map { $0 - mean }
        }
    }

    private struct Shape {
        let design: Int
        let periods: Int
        let arms: Int
        let outcomes: Int
    }

    /// Sums of products of all columns, by fold and arm, at fold * arms + arm.
    private static func products(
        _ columns: [[Float]], arms: [UInt8], armCount: Int, folds: [UInt8], _ context: RunContext
    ) throws -> [[[Double]]] {
        let groups = (0..<foldCount * armCount).map { group in
            arms.indices.filter { Int(folds[$0]) * armCount + Int(arms[$0]) == group }
        }
        return try groups.map { units in
            try context.cancellation.check()
            let own = columns.map { column in units.map { column[$0] } }
            let lower = try context.workers.map(own.count) { a in
                (0...a).map { ColumnProducts.dot(own[a], own[$0]) }
            }
            return own.indices.map { a in own.indices.map { lower[max(a, $0)][min(a, $0)] } }
        }
    }

    /// The models of one fold's units.
    private struct Fit {
        /// Of all arms together, design x outcomes; the arms' own levels are beside it.
        let pooled: [[Double]]
        /// By arm: design x outcomes.
        let slopes: [[[Double]]]

        /// - Parameter arms: sums of products by arm, the outcomes' columns last.
        init(_ arms: [[[Double]]], _ shape: Shape) {
            let q = shape.design
            let free = 1 + shape.periods
            // The level of every arm but the first joins the design.
            let size = q + shape.arms - 1
            func entry(_ a: Int, _ b: Int) -> Double {
                switch (a < q, b < q) {
                case (true, true): arms.reduce(0) { $0 + $1[a][b] }
                case (true, false): arms[b - q + 1][a][0]
                case (false, true): arms[a - q + 1][b][0]
                case (false, false): a == b ? arms[a - q + 1][0][0] : 0
                }
            }
            let matrix = DenseMatrix(rowCount: size, columnCount: size) { a, b in
                entry(a, b) + (a != b ? 0 : a >= free && a < q ? penalty : leastPenalty)
            }
            let right = DenseMatrix(rowCount: size, columnCount: shape.outcomes) { a, j in
                a < q ? arms.reduce(0) { $0 + $1[a][q + j] } : arms[a - q + 1][0][q + j]
            }
            let solved = Cholesky(matrix)?.solve(right)
            func solution(_ a: Int, _ j: Int) -> Double { solved.map { $0[a, j] } ?? 0 }
            let pooled = (0..<q).map { a in (0..<shape.outcomes).map { solution(a, $0) } }
            self.pooled = pooled
            slopes = arms.indices.map { arm in
                var own = pooled
                if arm > 0 { for j in 0..<shape.outcomes { own[0][j] += solution(q + arm - 1, j) } }
                let sums = arms[arm]
                let gram = DenseMatrix(rowCount: q, columnCount: q) { a, b in
                    sums[a][b] + (a == b ? penalty : 0)
                }
                let start = own
                let left = DenseMatrix(rowCount: q, columnCount: shape.outcomes) { a, j in
                    sums[a][q + j] - (0..<q).reduce(0) { $0 + sums[a][$1] * start[$1][j] }
                }
                guard let change = Cholesky(gram)?.solve(left) else { return own }
                for a in 0..<q { for j in 0..<shape.outcomes { own[a][j] += change[a, j] } }
                return own
            }
        }
    }
}
