import Policies

/// JSON of `evaluate`: the evaluation, and beside its own intervals those that hold for all outcomes at once.
package struct EvaluationDocument: Encodable {
    private struct Joint: Encodable {
        /// Standard errors to either side.
        let critical: Double
        let differences: [String: SimultaneousEstimate]
    }

    private let evaluation: PolicyEvaluation
    private let joint: Joint?

    package init(_ evaluation: PolicyEvaluation, _ family: PolicyFamily?) {
        self.evaluation = evaluation
        joint = family.map { family in
            Joint(
                critical: family.intervals.critical,
                differences: Dictionary(
                    uniqueKeysWithValues: evaluation.outcomes.enumerated().map {
                        ($0.element.name, family.difference(policy: 0, outcome: $0.offset))
                    }))
        }
    }

    private enum CodingKeys: String, CodingKey { case joint }

    package func encode(to encoder: any Encoder) throws {
        try evaluation.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(joint, forKey: .joint)
    }
}
