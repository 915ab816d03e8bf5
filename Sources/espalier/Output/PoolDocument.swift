import Pooling
import Statistics

/// A fitted pool as JSON.
struct PoolDocument: Encodable {
    struct Experiment: Encodable {
        let name: String
        let units: Int
        let arms: [String]
        /// The most alike, nearest first.
        let nearest: [String]
        /// What it has of the pool, and what the others have of it; nil where it was not asked.
        let gained: Double?
        let given: Interval?
    }

    struct Interval: Encodable {
        let value: Double
        let low: Double?
        let high: Double?

        init(_ estimate: Estimate) {
            value = estimate.value
            low = estimate.low
            high = estimate.high
        }
    }

    struct Rank: Encodable {
        let outcome: String
        let best: Int?
        let oneStandardError: Int?
        let singularValues: [Double]
    }

    struct Chosen: Encodable {
        let muRisk: String?
        let tauRisk: String?
    }

    struct Risk: Encodable {
        let row: PoolJudgement.Row

        private enum CodingKeys: String, CodingKey {
            case learner, outcome, muRisk, tauRisk, rScore, pehe, muDifference, tauDifference
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(row.learner, forKey: .learner)
            try container.encode(row.outcome, forKey: .outcome)
            try container.encode(row.muRisk, forKey: .muRisk)
            try container.encode(row.tauRisk, forKey: .tauRisk)
            try container.encode(row.rScore, forKey: .rScore)
            try container.encode(row.pehe, forKey: .pehe)
            try container.encode(row.muDifference, forKey: .muDifference)
            try container.encode(row.tauDifference, forKey: .tauDifference)
        }
    }

    let experiments: [Experiment]
    let covariates: [String]
    let dimension: Int
    let network: String
    let rank: [Rank]
    let risk: [Risk]
    /// The learners of least risk.
    let chosen: Chosen
    let notes: [String]
    /// What a refresh moved.
    let change: [PoolChange.Row]?

    init(_ fit: PoolFit, change: PoolChange?) {
        let model = fit.model
        experiments = model.shape.experiments.indices.map { index in
            Experiment(
                name: model.shape.experiments[index].name, units: fit.unitCounts[index],
                arms: model.shape.experiments[index].arms, nearest: model.neighbours(of: index).map(\.name),
                gained: fit.influence?.rows[index].gained,
                given: fit.influence.map { Interval($0.rows[index].given) })
        }
        covariates = model.embedding.covariates.map(\.name)
        dimension = model.dimension
        network = model.network.rawValue
        rank = fit.structure.outcomes.map {
            Rank(
                outcome: $0.outcome, best: $0.rank?.best, oneStandardError: $0.rank?.oneStandardError,
                singularValues: $0.singularValues)
        }
        risk = fit.judgement.rows.map(Risk.init)
        chosen = Chosen(muRisk: fit.judgement.chosen { $0.muRisk }, tauRisk: fit.judgement.chosen { $0.tauRisk })
        notes = fit.notes
        self.change = change?.rows
    }
}
