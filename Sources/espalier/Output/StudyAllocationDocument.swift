import Policies
import Statistics
import Studies

/// An allocation of a study as JSON, by the names that scripts rely on. Estimates are oriented differences from control: a
/// positive one is better.
struct StudyAllocationDocument: Encodable {
    struct Cohort: Encodable {
        let id: Int
        let rule: String
        let units: Int
        let share: Double
        let arms: [String: Double]
    }

    struct Outcome: Encodable {
        let name: String
        let plugIn: Estimate
        let corrected: Estimate?
        let fold: Estimate?
        let confirm: Estimate?
        let threshold: Double?
        let limit: LimitVerdict?

        private enum CodingKeys: CodingKey {
            case name, plugIn, corrected, fold, confirm, threshold, limit
        }

        /// What is not known is null, not absent.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(plugIn, forKey: .plugIn)
            try container.encode(corrected, forKey: .corrected)
            try container.encode(fold, forKey: .fold)
            try container.encode(confirm, forKey: .confirm)
            try container.encode(threshold, forKey: .threshold)
            try container.encode(limit, forKey: .limit)
        }
    }

    struct Bootstrap: Encodable {
        let resamples: Int
        let infeasible: Int
    }

    let method: String
    let kind: String
    let effects: String
    let cohorts: [Cohort]
    let outcomes: [Outcome]
    let bootstrap: Bootstrap
    let prices: [String: Double]
    let splitCohorts: Int
    let iterations: Int
    /// Why the linear programme's allocation stands in for the one asked for; absent where it does not.
    let standIn: String?
    /// Of the candidate that it was kept as; absent where it was not.
    let candidate: Int?
    let caveats: [String]

    init(_ allocation: StudyAllocation, candidate: Candidate?, study: Study) {
        let arms = study.space.arms
        method = allocation.request.method.rawValue
        kind = allocation.request.cohorts.description
        effects = allocation.request.effects.rawValue
        cohorts = allocation.rows.map { row in
            Cohort(
                id: row.id, rule: row.rule, units: row.units, share: row.share,
                arms: Dictionary(zip(arms, row.arms)) { first, _ in first })
        }
        outcomes = allocation.outcomes.map {
            Outcome(
                name: $0.name, plugIn: $0.plugIn, corrected: $0.corrected, fold: $0.fold, confirm: $0.confirm,
                threshold: $0.threshold, limit: $0.limit)
        }
        bootstrap = Bootstrap(resamples: allocation.resamples, infeasible: allocation.infeasible)
        prices = allocation.prices
        splitCohorts = allocation.splitCohorts
        iterations = allocation.iterations
        standIn = allocation.standIn
        self.candidate = candidate?.id
        caveats = study.description.caveats ?? []
    }
}
