import Ranking
import Studies

/// The track of the budget's slider: from nobody to everybody by share or cost; by price from 0 to twice what everybody brings
/// for a unit of cost.
struct BudgetTrack {
    private let budget: RankingBudget
    /// The amount at the right end.
    let end: Double

    /// - Parameter curve: nil while there is none, which leaves shares alone.
    init(_ budget: RankingBudget, _ curve: CostCurve?) {
        self.budget = budget
        switch budget {
        case .share: end = 1
        case .cost: end = max(curve?.endCost ?? 0, 0)
        case .price:
            let rate = curve.map { $0.endCost > 0 ? $0.endValue / $0.endCost : 0 } ?? 0
            end = max(2 * rate, 0)
        }
    }

    private static let steps = 100.0
    private var step: Double { end / Self.steps }

    var position: Double? { end > 0 ? BudgetRows.amount(budget) / end : nil }

    /// An amount of the present unit; nil where it buys nothing.
    func with(_ amount: Double) -> RankingBudget? {
        switch budget {
        case .share: (0.001...1).contains(amount) ? .share(amount) : nil
        case .cost: amount > 0 ? .cost(amount) : nil
        case .price: amount >= 0 ? .price(amount) : nil
        }
    }

    func turned(_ steps: Int) -> RankingBudget? {
        guard step > 0 else { return nil }
        let place = (BudgetRows.amount(budget) / step).rounded() + Double(steps)
        let least = if case .price = budget { 0.0 } else { 1.0 }
        let most = if case .price = budget { Double.infinity } else { Self.steps }
        let amount = min(most, max(least, place)) * step
        // Hundredths, not sums of them.
        if case .share = budget { return .share((amount * Self.steps).rounded() / Self.steps) }
        return with(amount)
    }

    func value(at share: Double) -> Double {
        let amount = (share * Self.steps).rounded() * step
        if case .price = budget { return amount }
        return max(step, amount)
    }
}

extension RankingBudget {
    /// Nearly the same budget in the next unit, at a point of a curve.
    func nextUnit(at point: BudgetView.Point, of entry: BudgetView.Entry) -> RankingBudget {
        switch self {
        case .share: return point.cost > 0 ? .cost(point.cost) : .share(point.share)
        case .cost:
            // What the last of the targeted bring for their cost.
            let place = entry.points.firstIndex { $0.share == point.share } ?? 0
            let (before, after) = (max(0, place - 5), min(entry.points.count - 1, place + 5))
            let cost = entry.points[after].cost - entry.points[before].cost
            let price = cost > 0 ? (entry.points[after].value - entry.points[before].value) / cost : 0
            return .price(max(0, price))
        case .price: return .share(point.share)
        }
    }
}
