import Policies
import Ranking
import Statistics
import Studies

/// Rankers judged, with every figure that the screen writes: moving the budget looks them up.
package struct BudgetView: Sendable {
    /// What targeting so much of the units brings and costs, per unit of the whole.
    struct Point: Sendable {
        let share: Double
        let value: Double
        let cost: Double
        let valueInterval: Interval?
        let costInterval: Interval?
        let efficiency: Double?
        let efficiencyInterval: Interval?
    }

    struct Entry: Sendable {
        let name: String
        let curve: CostCurve
        /// By ascending share.
        let points: [Point]
        let area: Double?
        let areaInterval: Interval?
        /// Of the area from the first ranker, of the first from a random order.
        let difference: RankerComparison.Difference?

        /// The point nearest to what a budget comes to.
        func point(_ budget: RankingBudget) -> Point {
            let share =
                switch budget {
                case .share(let share): share
                case .cost(let cost): curve.share(costing: cost)
                case .price(let price): curve.share(atPrice: price)
                }
            return points.min { abs($0.share - share) < abs($1.share - share) } ?? points[0]
        }
    }

    let ranking: StudyRanking
    let entries: [Entry]
    let finding: String

    package init(_ ranking: StudyRanking) {
        self.ranking = ranking
        let comparison = ranking.comparison
        let differences =
            comparison.differences(from: nil).filter { $0.ranker == 0 } + comparison.differences(from: 0)
        entries = comparison.names.indices.map { index in
            let estimate = comparison.estimates[index]
            let curve = estimate.curve
            return Entry(
                name: comparison.names[index], curve: curve,
                points: curve.shares.indices.sorted { curve.shares[$0] < curve.shares[$1] }.map { place in
                    Point(
                        share: curve.shares[place], value: curve.values[place], cost: curve.costs[place],
                        valueInterval: estimate.valueInterval(place), costInterval: estimate.costInterval(place),
                        efficiency: estimate.efficiency(place),
                        efficiencyInterval: estimate.efficiencyInterval(place))
                }, area: curve.area, areaInterval: estimate.areaInterval(),
                difference: differences.first { $0.ranker == index })
        }
        finding = ranking.finding
    }

    /// The ranker of a row.
    func ranker(_ row: Int) -> StudyRanker {
        ranking.request.rankers[min(max(0, row), ranking.request.rankers.count - 1)]
    }

    func entry(_ row: Int) -> Entry { entries[min(max(0, row), entries.count - 1)] }
}

/// Rankers judged, or why they cannot be.
package enum BudgetAnswer: Sendable {
    case ranked(BudgetView)
    case refused(String)

    var view: BudgetView? { if case .ranked(let view) = self { view } else { nil } }
}

/// What targeting within the budget does to every outcome and whom it targets.
package struct BudgetEffects: Sendable {
    /// From 1, with its rule, its share of the tune units and the part of it that is targeted.
    struct Cohort: Sendable {
        let id: Int
        let rule: String
        let share: Double
        let targeted: Double
    }

    let share: Double
    let evaluation: PolicyEvaluation
    /// Those with units, the most targeted first.
    let cohorts: [Cohort]
}

package enum BudgetEffectsAnswer: Sendable {
    case known(BudgetEffects)
    case refused(String)
}
