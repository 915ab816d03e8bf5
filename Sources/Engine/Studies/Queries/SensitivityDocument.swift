import Policies
import Statistics

/// JSON of `sensitivity`.
package struct SensitivityDocument: Encodable {
    package struct Parameter: Encodable {
        let knob: String
        let value: Double
        let step: Double
        let stepIsOfUnit: Bool
        let changedShare: Double
        /// Null where nothing bounds it.
        let low: Double?
        let high: Double?
        /// Change per step, by outcome, and in percent of the outcome's value.
        let changes: [String: Estimate]
        let elasticities: [String: Double]
        let profile: ProfileDocument

        private enum CodingKeys: String, CodingKey {
            case knob, value, step, stepIsOfUnit, changedShare, low, high, changes, elasticities, profile
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(knob, forKey: .knob)
            try container.encode(value, forKey: .value)
            try container.encode(step, forKey: .step)
            try container.encode(stepIsOfUnit, forKey: .stepIsOfUnit)
            try container.encode(changedShare, forKey: .changedShare)
            try container.encode(low, forKey: .low)
            try container.encode(high, forKey: .high)
            try container.encode(changes, forKey: .changes)
            try container.encode(elasticities, forKey: .elasticities)
            try container.encode(profile, forKey: .profile)
        }
    }

    package let candidate: Int
    package let allowedShare: Double
    package let parameters: [Parameter]

    package init(_ sensitivity: Sensitivity, _ candidate: Candidate, in space: PolicySpace) {
        self.candidate = candidate.id
        allowedShare = sensitivity.allowedShare
        let names = space.outcomes.map(\.name)
        parameters = sensitivity.parameters.map { parameter in
            let changes = parameter.changes ?? []
            let percents = names.enumerated().compactMap { j, name in
                sensitivity.elasticity(parameter, outcome: j).map { (name, $0) }
            }
            return Parameter(
                knob: parameter.knob.name(in: space), value: parameter.value, step: parameter.step,
                stepIsOfUnit: parameter.isOfUnit, changedShare: parameter.changedShare,
                low: parameter.low.isFinite ? parameter.low : nil, high: parameter.high.isFinite ? parameter.high : nil,
                changes: Dictionary(uniqueKeysWithValues: zip(names, changes)),
                elasticities: Dictionary(uniqueKeysWithValues: percents),
                profile: ProfileDocument(parameter.profile, in: space))
        }
    }
}
