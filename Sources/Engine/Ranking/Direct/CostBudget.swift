import Foundation

/// A limit on what the selected share may cost, as a logarithmic barrier that grows sharper while training goes on.
///
/// S4 does not define its barrier; this one adds sharpness x log(budget - share x cost effect). Below a small slack the
/// logarithm goes on as its tangent, so that a start beyond the budget is led back.
package struct CostBudget: Sendable, Equatable {
    /// Of the share of units that is selected.
    package let share: Double
    /// Per unit of the whole, in the cost's unit.
    package let budget: Double

    package init(share: Double, budget: Double) {
        self.share = share
        self.budget = budget
    }

    /// The barrier's factor at a step: 1, halved every 30 steps.
    package static func sharpness(step: Int) -> Double { pow(0.5, Double(step / 30)) }

    /// The barrier and its derivative by the cost effect, both of costs in the given unit.
    package func evaluate(costEffect: Double, unit: Double) -> (value: Double, slope: Double) {
        let limit = budget / unit
        let slack = limit - share * costEffect
        let least = 0.01 * max(abs(limit), 0.01)
        guard slack < least else { return (log(slack), -share / slack) }
        return (log(least) + (slack - least) / least, -share / least)
    }
}
