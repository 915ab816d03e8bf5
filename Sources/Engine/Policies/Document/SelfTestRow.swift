/// One invented unit of a policy file and what the policy makes of it, so that whoever scores can see whether they read the
/// file as it is meant.
package struct SelfTestRow: Sendable, Equatable, Codable {
    /// A covariate's value as it would stand in data.
    package enum Value: Sendable, Equatable {
        case number(Double)
        case level(String)
    }

    /// The unit's id.
    package let unit: String
    /// By covariate, nil where it is missing; empty for supplied effects.
    package let covariates: [String: Value?]
    /// Supplied effects by column; nil where the effects are of models.
    package let columns: [String: Double]?
    /// The id's key, in decimal: too long for the numbers of many JSON readers.
    package let hash: String
    /// Of the models that score the unit; 0 where the policy has none.
    package let fold: Int
    /// What enters the utilities, by arm and outcome: net of costs, in units of the outcome's scale; outcomes of weight 0 are
    /// left out. Empty where the policy is by cohorts or by a ranking.
    package let effects: [String: [String: Float]]
    /// From 1, as the file numbers them; 0 for a unit of none; nil where the policy has no cohorts.
    package var cohort: Int?
    /// Of the ranking; nil where the policy is another.
    package var score: Double?
    package let arm: String
    package let heldOut: Bool
    /// Whether the unit explores in period 0, and the propensities of the arms, in their order; nil where nobody explores.
    package var explored: Bool?
    package var propensities: [Double]?
}

extension SelfTestRow.Value: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .level(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .level(let level): try container.encode(level)
        }
    }
}
