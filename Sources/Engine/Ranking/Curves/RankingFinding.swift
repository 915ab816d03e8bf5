import Statistics
import Texts

/// What a cost curve says, in one sentence.
package enum RankingFinding {
    /// - Parameters:
    ///   - name: of the ranker.
    ///   - value: name of the value.
    ///   - cost: name of the cost.
    package static func sentence(_ estimate: CurveEstimate, name: String, value: String, cost: String) -> String {
        let curve = estimate.curve
        guard curve.endCost > 0 else {
            return
                "targeting everybody changes \(cost) by \(number(curve.endCost)), which is not a cost, so the area under "
                + "the curve is not defined"
        }
        guard curve.endValue > 0 else {
            return
                "targeting everybody changes \(value) by \(number(curve.endValue)), which is not a gain, so the area "
                + "under the curve is not defined"
        }
        guard let area = curve.area else { return "the area under the curve is not defined" }
        guard let interval = estimate.areaInterval() else {
            return "\(name) has an area of \(number(area)), which these units are too few to bound"
        }
        let range = "\(number(interval.low)) to \(number(interval.high))"
        if interval.contains(0.5) {
            return
                "\(name) is not told apart from a random order: its area is \(number(area)) (\(range)), and random has 0.5"
        }
        guard area > 0.5 else {
            return "\(name) is worse than a random order: its area is \(number(area)) (\(range)), and random has 0.5"
        }
        let budget = 0.3 * curve.endCost
        let reached = curve.value(atCost: budget).map {
            ": for 30% of the cost it brings \(NumberText.percent($0 / curve.endValue, 0)) of the value"
        }
        return "\(name) beats a random order, with an area of \(number(area)) (\(range)) against 0.5" + (reached ?? "")
    }

    /// What targeting one share brings.
    /// - Parameter index: of the share among the curve's.
    package static func sentence(_ estimate: CurveEstimate, at index: Int, value: String, cost: String) -> String {
        func change(_ value: Double, _ interval: Interval?) -> String {
            number(value) + (interval.map { " (\(number($0.low)) to \(number($0.high)))" } ?? "")
        }
        let share = NumberText.percent(estimate.curve.shares[index], 0)
        return "targeting the best \(share) changes \(value) by "
            + change(estimate.curve.values[index], estimate.valueInterval(index)) + " and \(cost) by "
            + change(estimate.curve.costs[index], estimate.costInterval(index)) + " per unit"
    }

    private static func number(_ value: Double) -> String { NumberText.significant(value, 3) }
}
