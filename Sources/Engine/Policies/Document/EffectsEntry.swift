import Effects

/// Where a policy's effects come from.
package enum EffectsEntry: Sendable, Equatable {
    /// The models of a learner, each unit's own fold deciding which.
    case models(learner: String, EffectModels)
    /// Columns of the data to be assigned, by arm and outcome, in the outcome's own unit.
    case columns([String: [String: String]])
}

extension EffectsEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case learner, models, effectModels, columns
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let learner = try container.decode(String.self, forKey: .learner)
        if learner == "columns" {
            self = .columns(try container.decode([String: [String: String]].self, forKey: .columns))
        } else if container.contains(.effectModels) {
            self = .models(learner: learner, .pairs(try container.decode(ContrastModels.self, forKey: .effectModels)))
        } else {
            self = .models(learner: learner, .outcomes(try container.decode(FoldModels.self, forKey: .models)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .models(let learner, .outcomes(let models)):
            try container.encode(learner, forKey: .learner)
            try container.encode(models, forKey: .models)
        case .models(let learner, .pairs(let models)):
            try container.encode(learner, forKey: .learner)
            try container.encode(models, forKey: .effectModels)
        case .columns(let columns):
            try container.encode("columns", forKey: .learner)
            try container.encode(columns, forKey: .columns)
        }
    }
}
