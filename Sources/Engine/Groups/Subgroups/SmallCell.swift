import Effects

/// The variance of a cell with few units: what it shows itself, but no less than the cells of its arm show together.
enum SmallCell {
    /// A variance and the degrees of freedom it is estimated with.
    typealias Spread = (variance: Double, freedom: Double)

    /// Cells of fewer units do not rest on their own variance alone.
    static let limit = 20.0

    /// The variance of one unit's outcome within cells, pooled over them.
    static func pooled(_ cells: [ArmSums]) -> Spread {
        var (sum, freedom) = (0.0, 0.0)
        for cell in cells where cell.count > 1 {
            let own = cell.effectiveCount - 1
            guard own > 0 else { continue }
            sum += own * cell.variance
            freedom += own
        }
        return freedom > 0 ? (sum / freedom, freedom) : (0, 1)
    }

    /// - Parameters:
    ///   - count: units of the cell.
    ///   - pooled: per unit; `factor` makes it the cell's.
    static func variance(_ own: Spread, count: Double, atLeast pooled: Spread, times factor: Double) -> Spread {
        let floor = pooled.variance * factor
        return count < limit && floor > own.variance ? (floor, pooled.freedom) : own
    }
}

extension ArmSums {
    /// Units of equal weight that would tell as much.
    var effectiveCount: Double { squaredWeight > 0 ? weight * weight / squaredWeight : 0 }
}
