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

    /// Who beats a random order, by intervals that hold jointly; or that nobody does.
    package static func sentence(_ comparison: RankerComparison, value: String, cost: String) -> String {
        guard let first = comparison.estimates.first else { return "there is nothing to compare" }
        guard comparison.names.count > 1, first.curve.endCost > 0, first.curve.endValue > 0 else {
            return sentence(first, name: comparison.names[0], value: value, cost: cost)
        }
        let differences = comparison.differences(from: nil)
        func names(_ isBetter: (Interval) -> Bool) -> [String] {
            differences.filter { $0.interval.map(isBetter) == true }.map { comparison.names[$0.ranker] }
        }
        let winners = names { $0.low > 0 }
        let losers = names { $0.high < 0 }
        let worse = losers.isEmpty ? "" : "; \(list(losers)) \(losers.count == 1 ? "is" : "are") worse than it"
        guard !winners.isEmpty else {
            return
                "nobody beats a random order in \(value) against \(cost): of \(comparison.names.count) rankers none has an "
                + "area above 0.5 by more than chance" + worse
        }
        let best = differences.filter { winners.contains(comparison.names[$0.ranker]) }.max { $0.value < $1.value }
        let area = best.flatMap { comparison.estimates[$0.ranker].curve.area }.map { number($0) } ?? ""
        let name = best.map { comparison.names[$0.ranker] } ?? ""
        return
            "\(list(winners)) \(winners.count == 1 ? "beats" : "beat") a random order in \(value) against \(cost)"
            + (winners.count == 1 ? ", with an area of \(area)" : "; the largest area is \(area) (\(name))")
            + " against 0.5" + worse
    }

    private static func list(_ names: [String]) -> String {
        names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
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
