import Experiments
import Foundation
import Statistics

/// What outcomes online are regressed on: covariates, levels, squares and products, each with mean 0 and variance 1.
package struct UnitFeatures: Sendable {
    /// One column each, over all units.
    package let columns: [[Float]]
    package let unitCount: Int

    /// Products of all pairs are taken up to so many numbers; beyond, squares alone.
    private static let mostProducts = 12
    /// Levels that get a column: the frequent ones.
    private static let mostLevels = 20
    private static let leastShare = 0.01

    /// A covariate of the units, as the experiment encodes it.
    package struct Covariate: Sendable {
        /// NaN where missing.
        package let values: [Float]
        package let isCategorical: Bool

        package init(values: [Float], isCategorical: Bool) {
            self.values = values
            self.isCategorical = isCategorical
        }
    }

    /// - Parameters:
    ///   - effects: further numbers that outcomes may be linear in, such as estimated effects.
    ///   - hasProducts: whether squares and products are taken too.
    package init(_ covariates: [Covariate], effects: [[Float]] = [], hasProducts: Bool = true, unitCount: Int) {
        self.unitCount = unitCount
        var numbers: [[Float]] = []
        var others: [[Float]] = []
        for covariate in covariates {
            if covariate.isCategorical {
                others += Self.levels(covariate.values)
            } else {
                let missing = covariate.values.map { Float($0.isNaN ? 1 : 0) }
                if let column = Self.standardised(covariate.values) { numbers.append(column) }
                if let column = Self.standardised(missing, leastShare: Self.leastShare) { others.append(column) }
            }
        }
        var products: [[Float]] = []
        for a in hasProducts ? numbers.indices : 0..<0 {
            let partners = numbers.count <= Self.mostProducts ? Array(a..<numbers.count) : [a]
            for b in partners {
                let product = zip(numbers[a], numbers[b]).map { $0 * $1 }
                if let column = Self.standardised(product) { products.append(column) }
            }
        }
        columns = numbers + others + products + effects.compactMap { Self.standardised($0) }
    }

    private static func levels(_ codes: [Float]) -> [[Float]] {
        var counts: [Float: Int] = [:]
        for code in codes where !code.isNaN { counts[code, default: 0] += 1 }
        let frequent = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .prefix(mostLevels)
        return frequent.compactMap { level in
            standardised(codes.map { $0 == level.key ? 1 : 0 }, leastShare: leastShare)
        }
    }

    /// Missing values at the mean; nil for a column that does not vary, or whose ones are rarer than `leastShare`.
    private static func standardised(_ values: [Float], leastShare: Double = 0) -> [Float]? {
        var moments = Moments()
        for value in values where !value.isNaN { moments.add(Double(value)) }
        let spread = moments.standardDeviation
        guard spread.isFinite, spread > 1e-9, moments.mean >= leastShare || leastShare == 0 else { return nil }
        let (mean, scale) = (Float(moments.mean), Float(1 / spread))
        return values.map { $0.isNaN ? 0 : ($0 - mean) * scale }
    }
}
