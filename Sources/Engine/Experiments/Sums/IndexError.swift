/// What the error of a surrogate index's coefficients adds to whatever is estimated of the index (METHODS 8.7): g' V g, g how far means
/// of the surrogates lie apart, V = F F' the covariance of the coefficients.
///
/// Of an arm's effect on all units g is known. Of a policy, or of an arm in a group of units, only the difference in the index is: g is
/// then that of the arms by their shares, corrected along the surrogates' regression on the index so that it makes that difference,
/// which is exact with one surrogate.
package struct IndexError: Sendable, Equatable, Codable {
    package let rule: IndexRule
    /// F' (1, means of the surrogates less those of the history), by arm, over tune.
    package let byArm: [[Double]]
    /// F' (0, slopes of the surrogates on the index among tune units): what goes with one unit of the index.
    package let slope: [Double]
    /// By arm: its difference from control in the index, gross of costs; 0 for control.
    package let effects: [Double]

    package init(rule: IndexRule, byArm: [[Double]], slope: [Double], effects: [Double]) {
        self.rule = rule
        self.byArm = byArm
        self.slope = slope
        self.effects = effects
    }

    /// - Parameters:
    ///   - columns: of the index, in its order, by unit.
    ///   - weights: of the units in the means of their arms; nil weighs all alike.
    ///   - units: the tune units that have all surrogates.
    package init(
        _ rule: IndexRule, columns: [[Double]], assignment: [UInt8], armCount: Int, weights: [Double]?,
        units: Range<Int>
    ) {
        self.rule = rule
        var totals = [Double](repeating: 0, count: armCount)
        var sums = [[Double]](repeating: Array(repeating: 0, count: columns.count), count: armCount)
        for unit in units {
            let (arm, weight) = (Int(assignment[unit]), weights?[unit] ?? 1)
            totals[arm] += weight
            for (place, column) in columns.enumerated() {
                sums[arm][place] += weight * (column[unit] - rule.centres[place])
            }
        }
        let means = zip(sums, totals).map { sums, total in sums.map { total > 0 ? $0 / total : 0 } }
        byArm = means.map { rule.error([1] + $0) }
        effects = means.map { mean in
            zip(rule.slopes, zip(mean, means[0])).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
        }
        // Within arms, so that the arms' effects do not stand in for how units vary.
        let values = rule.values(columns)
        let levels = means.map { mean in rule.intercept + zip(rule.slopes, mean).reduce(0) { $0 + $1.0 * $1.1 } }
        var products = [Double](repeating: 0, count: columns.count)
        var squares = 0.0
        for unit in units {
            let deviation = values[unit] - levels[Int(assignment[unit])]
            squares += deviation * deviation
            for (place, column) in columns.enumerated() {
                products[place] += deviation * (column[unit] - rule.centres[place])
            }
        }
        slope = rule.error([0] + products.map { squares > 0 ? $0 / squares : 0 })
    }

    /// The error of the difference of an arm, at least 1, from control, wherever that is estimated.
    package func contrast(ofArm arm: Int) -> Contrast {
        Contrast(
            base: byArm[0], error: zip(byArm[arm], byArm[0]).map { $0 - $1 }, slope: slope, effect: effects[arm])
    }

    /// The error of the difference from control of giving the arms to such shares of the units.
    /// - Parameter effects: of the arms, in the terms that the differences are in: net of costs or gross.
    package func contrast(shares: [Double], effects: [Double]) -> Contrast {
        let known = shares.reduce(0, +)
        var error = byArm[0].map { -known * $0 }
        for (share, own) in zip(shares, byArm) {
            for part in error.indices { error[part] += share * own[part] }
        }
        return Contrast(
            base: byArm[0], error: error, slope: slope,
            effect: zip(shares, effects).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// The same of one difference from control.
    package struct Contrast: Sendable, Equatable {
        /// Of control's own value.
        package let base: [Double]
        private let error: [Double]
        private let slope: [Double]
        private let effect: Double

        init(base: [Double], error: [Double], slope: [Double], effect: Double) {
            self.base = base
            self.error = error
            self.slope = slope
            self.effect = effect
        }

        /// Parts of the error of a difference that was estimated so large: independent and of variance 1 before scaling.
        package func parts(_ difference: Double) -> [Double] {
            zip(error, slope).map { $0 + (difference - effect) * $1 }
        }

        package func variance(_ difference: Double) -> Double {
            parts(difference).reduce(0) { $0 + $1 * $1 }
        }
    }
}
