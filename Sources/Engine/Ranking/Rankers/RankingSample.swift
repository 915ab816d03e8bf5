import Runtime
import Statistics

/// The units that rankers are trained on: covariates, arm, propensity and outcomes, in canonical order.
package struct RankingSample: Sendable {
    /// n x p, column-major.
    package let features: DenseMatrix
    package let treated: [Bool]
    /// P(T = 1 given x), strictly between 0 and 1.
    package let propensity: [Double]
    package let value: [Double]
    package let cost: [Double]
    /// Outcomes beside value and cost, for rankers that weigh several.
    package let others: [[Double]]
    /// Fold of every unit, the same for all rankers: nuisance models and choices of penalties never see a fold's own outcomes.
    package let folds: [Int]
    package let foldCount: Int

    package var count: Int { treated.count }
    package var featureCount: Int { features.columnCount }

    /// - Parameters:
    ///   - keys: of the units, which decide the folds with the seed; nil takes the places of the rows.
    /// - Throws: `EspalierError` (.data): one arm only, a propensity of 0 or 1.
    package init(
        features: DenseMatrix, treated: [Bool], propensity: [Double], value: [Double], cost: [Double],
        others: [[Double]] = [], keys: [UInt64]? = nil, foldCount: Int = 5, seed: UInt64 = 1
    ) throws {
        let draw = SaltedDraw(seed: seed, salt: "ranking fold")
        try self.init(
            features: features, treated: treated, propensity: propensity, value: value, cost: cost, others: others,
            folds: treated.indices.map { draw.group(keys?[$0] ?? UInt64($0), of: foldCount) }, foldCount: foldCount)
    }

    private init(
        features: DenseMatrix, treated: [Bool], propensity: [Double], value: [Double], cost: [Double],
        others: [[Double]], folds: [Int], foldCount: Int
    ) throws {
        precondition(features.rowCount == treated.count && propensity.count == treated.count)
        precondition(([value, cost] + others).allSatisfy { $0.count == treated.count })
        guard treated.contains(true), treated.contains(false) else {
            throw EspalierError(
                .data, "every unit is in one arm, so a ranker has nothing to learn from",
                remedy: "give the units of both arms")
        }
        guard propensity.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            throw EspalierError(
                .data, "a propensity is not between 0 and 1",
                remedy: "leave out the units that could not be in both arms")
        }
        self.features = features
        self.treated = treated
        self.propensity = propensity
        self.value = value
        self.cost = cost
        self.others = others
        self.folds = folds
        self.foldCount = foldCount
    }

    /// Some of the units, in the order given.
    /// - Throws: `EspalierError` (.data) where they are in one arm.
    package func subset(_ units: [Int]) throws -> RankingSample {
        func pick<Element>(_ column: [Element]) -> [Element] { units.map { column[$0] } }
        return try RankingSample(
            features: features.rows(units), treated: pick(treated), propensity: pick(propensity), value: pick(value),
            cost: pick(cost), others: others.map(pick), folds: pick(folds), foldCount: foldCount)
    }
}

extension DenseMatrix {
    /// Some of the rows, in the order given.
    package func rows(_ rows: [Int]) -> DenseMatrix {
        var picked: [Double] = []
        picked.reserveCapacity(rows.count * columnCount)
        values.withUnsafeBufferPointer { values in
            for column in 0..<columnCount {
                for row in rows { picked.append(values[column * rowCount + row]) }
            }
        }
        return DenseMatrix(rowCount: rows.count, columnCount: columnCount, values: picked)
    }
}
