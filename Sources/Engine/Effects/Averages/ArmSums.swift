/// The sums over units of one arm from which means and their variances follow; they add up over bins, leaves and chunks.
///
/// `omega` is 1 where the arms have equal shares for all units, else 1/e. `y` is in the outcome's scaled unit.
package struct ArmSums: Sendable, Equatable {
    package var count = 0.0
    /// Sum of omega.
    package var weight = 0.0
    /// Sum of omega y.
    package var weightedValue = 0.0
    /// Sum of omega^2.
    package var squaredWeight = 0.0
    /// Sum of omega^2 y.
    package var squaredWeightValue = 0.0
    /// Sum of omega^2 y^2.
    package var squaredWeightSquare = 0.0

    package init() {}

    /// Sums of `count` units of weight 1.
    package init(count: Double, value: Double, square: Double) {
        self.count = count
        weight = count
        weightedValue = value
        squaredWeight = count
        squaredWeightValue = value
        squaredWeightSquare = square
    }

    package static func + (a: ArmSums, b: ArmSums) -> ArmSums {
        var sum = a
        sum += b
        return sum
    }

    package static func += (a: inout ArmSums, b: ArmSums) {
        a.count += b.count
        a.weight += b.weight
        a.weightedValue += b.weightedValue
        a.squaredWeight += b.squaredWeight
        a.squaredWeightValue += b.squaredWeightValue
        a.squaredWeightSquare += b.squaredWeightSquare
    }

    package static func - (a: ArmSums, b: ArmSums) -> ArmSums {
        var rest = a
        rest.count -= b.count
        rest.weight -= b.weight
        rest.weightedValue -= b.weightedValue
        rest.squaredWeight -= b.squaredWeight
        rest.squaredWeightValue -= b.squaredWeightValue
        rest.squaredWeightSquare -= b.squaredWeightSquare
        return rest
    }

    /// The weighted (Hajek) mean; 0 without units.
    package var mean: Double { weight > 0 ? weightedValue / weight : 0 }

    /// The variance of `mean`: sum omega^2 (y - mean)^2 / (sum omega)^2 * n/(n - 1), which is S^2/n at weight 1.
    ///
    /// 0 below two units, and where the spread is below what Float32 storage resolves: equal values give exactly 0.
    package var meanVariance: Double {
        guard count > 1, weight > 0 else { return 0 }
        let mean = weightedValue / weight
        let spread = squaredWeightSquare - 2 * mean * squaredWeightValue + mean * mean * squaredWeight
        guard spread > 1e-12 * squaredWeightSquare else { return 0 }
        return spread / (weight * weight) * (count / (count - 1))
    }

    /// The variance of one unit's outcome: the sample variance at weight 1.
    package var variance: Double {
        squaredWeight > 0 ? meanVariance * weight * weight / squaredWeight : 0
    }

    /// The variance that `mean` has when one unit's outcome has the variance given.
    func meanVariance(unitVariance: Double) -> Double {
        weight > 0 ? unitVariance * squaredWeight / (weight * weight) : unitVariance
    }
}
