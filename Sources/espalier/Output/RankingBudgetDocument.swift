import Policies
import Ranking
import Statistics
import Studies
import Texts

/// What targeting within a budget does, by the doubly robust evaluation of its policy.
struct RankingBudgetDocument: Encodable {
    struct Outcome: Encodable {
        let name: String
        /// Value minus control, per unit of the whole; null where not estimable.
        let difference: Estimate?

        private enum CodingKeys: String, CodingKey { case name, difference }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(difference, forKey: .difference)
        }
    }

    let asked: String
    let ranker: String
    let threshold: Double
    /// Of the tune units.
    let share: Double
    let split: String
    let outcomes: [Outcome]

    init(_ target: RankingTarget, _ evaluation: PolicyEvaluation) {
        asked = target.budget.description
        ranker = target.ranker.name
        threshold = target.threshold
        share = target.share
        split = evaluation.split.rawValue
        outcomes = evaluation.outcomes.map { Outcome(name: $0.name, difference: $0.difference) }
    }

    var text: String {
        let changes = outcomes.map { outcome -> String in
            guard let difference = outcome.difference else { return "\(outcome.name) by an unknown amount" }
            let range =
                difference.low.flatMap { low in
                    difference.high.map {
                        " (\(NumberText.significant(low, 3)) to \(NumberText.significant($0, 3)))"
                    }
                } ?? ""
            return "\(outcome.name) by \(NumberText.significant(difference.value, 3))\(range)"
        }
        return
            "\(asked) by \(ranker) targets \(NumberText.percent(share, 1)) of the units, those with a score of at least "
            + "\(NumberText.significant(threshold, 4)), and changes per unit \(changes.joined(separator: ", ")).\n"
    }
}
