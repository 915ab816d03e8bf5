import Policies

/// A candidate as JSON.
package struct CandidateDocument: Encodable {
    package let id: Int
    package let kind: Policy.Kind
    /// Of a linear policy; of one by cohorts the weights at which its limits trade.
    package let weights: [String: Double]
    package let biases: [String: Double]
    package let shares: [String: Double]
    package let tune: [OutcomeEvaluation]
    /// Null until the candidate is picked.
    package let confirm: [OutcomeEvaluation]?

    private enum CodingKeys: String, CodingKey {
        case id, kind, weights, biases, shares, tune, confirm
    }

    package init(_ candidate: Candidate, in space: PolicySpace) {
        id = candidate.id
        kind = candidate.policy.kind
        let (weights, biases) =
            candidate.policy.linear.map { ($0.weights, $0.biases) }
            ?? (candidate.knobs.weights, candidate.knobs.biases)
        self.weights = Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), weights))
        self.biases = Dictionary(uniqueKeysWithValues: zip(space.arms, biases))
        shares = candidate.tune?.shares ?? [:]
        tune = candidate.tune?.outcomes ?? []
        confirm = candidate.confirm?.outcomes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .kind)
        try container.encode(weights, forKey: .weights)
        try container.encode(biases, forKey: .biases)
        try container.encode(shares, forKey: .shares)
        try container.encode(tune, forKey: .tune)
        try container.encode(confirm, forKey: .confirm)
    }
}
