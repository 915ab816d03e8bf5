/// What targeting the best units by a score brings and costs (METHODS section 6): for each share of the units, the share times
/// the difference of means among those targeted, so that values and costs are per unit of the whole.
package struct CostCurve: Sendable, Equatable {
    /// The shares that the area is made of.
    package static let deciles = (1...10).map { Double($0) / 10 }

    /// The deciles, ascending, then any other shares asked for.
    package let shares: [Double]
    /// One per share; NaN where the targeted lack an arm, as may happen in a bootstrap replicate.
    package let values: [Double]
    package let costs: [Double]

    package init(shares: [Double], values: [Double], costs: [Double]) {
        precondition(shares.starts(with: Self.deciles) && values.count == shares.count && costs.count == shares.count)
        self.shares = shares
        self.values = values
        self.costs = costs
    }

    /// Of targeting everybody.
    package var endValue: Double { values[Self.deciles.count - 1] }
    package var endCost: Double { costs[Self.deciles.count - 1] }

    /// The area under value against cost, both as parts of what targeting everybody brings and costs, by the trapezoid rule
    /// over the deciles: AUCC. A random order has 0.5.
    ///
    /// nil where targeting everybody costs nothing or brings nothing: parts of that are no parts.
    package var area: Double? {
        guard endCost > 0, endValue > 0 else { return nil }
        var area = 0.0
        var (value, cost) = (0.0, 0.0)
        for index in Self.deciles.indices {
            area += (values[index] + value) / 2 * (costs[index] - cost)
            (value, cost) = (values[index], costs[index])
        }
        area /= endValue * endCost
        return area.isNaN ? nil : area
    }

    /// The value where the curve first costs so much, on the straight lines between deciles.
    /// - Returns: nil where it never does, or for a negative cost.
    package func value(atCost budget: Double) -> Double? {
        guard budget >= 0 else { return nil }
        var (value, cost) = (0.0, 0.0)
        for index in Self.deciles.indices {
            if costs[index] >= budget, costs[index] > cost {
                return value + (values[index] - value) * (budget - cost) / (costs[index] - cost)
            }
            (value, cost) = (values[index], costs[index])
        }
        return nil
    }

    /// The curve of a random order with the same end.
    package var random: CostCurve {
        CostCurve(shares: shares, values: shares.map { $0 * endValue }, costs: shares.map { $0 * endCost })
    }
}
