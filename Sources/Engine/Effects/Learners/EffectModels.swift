import Experiments
import Runtime

/// The models of a learner, as studies keep them and policies carry them.
package enum EffectModels: Sendable, Equatable {
    /// One model per arm of the outcome itself; tau is their difference (S, T).
    case outcomes(FoldModels)
    /// Models of the effects of each arm against control.
    case pairs(ContrastModels)

    package var foldCount: Int {
        switch self {
        case .outcomes(let models): models.foldCount
        case .pairs(let models): models.foldCount
        }
    }

    /// tau of every unit by its own fold's models, scaled and gross; zeros for outcomes left out.
    /// - Parameters:
    ///   - columns: encoded covariates, one column each.
    ///   - folds: the fold of every unit.
    /// - Throws: `CancellationError`.
    package func estimates(_ columns: [[Float]], folds: [UInt8], context: RunContext) throws -> EffectEstimates {
        switch self {
        case .outcomes(let models):
            FoldModels.effects(
                try models.predict(columns, folds: folds, context: context), armCount: models.armCount,
                outcomeCount: models.outcomeCount, unitCount: folds.count)
        case .pairs(let models): try models.estimates(columns, folds: folds, context: context)
        }
    }

    /// The standard errors of `estimates`; nil from learners that give no intervals.
    /// - Throws: `CancellationError`.
    package func standardErrors(_ columns: [[Float]], folds: [UInt8], context: RunContext) throws -> EffectEstimates? {
        switch self {
        case .outcomes: nil
        case .pairs(let models): try models.standardErrors(columns, folds: folds, context: context)
        }
    }

    /// The model of one effect outside one fold; nil where the outcome was left out of an export.
    package func model(_ contrast: ContrastIndex, fold: Int) -> EffectModel? {
        switch self {
        case .outcomes(let models):
            let first = fold * models.armCount * models.outcomeCount + contrast.outcome
            guard let control = models.models[first],
                let treated = models.models[first + contrast.arm * models.outcomeCount]
            else { return nil }
            return .difference(DifferenceEffect(treated: treated, control: control))
        case .pairs(let models):
            let contrasts = (models.armCount - 1) * models.outcomeCount
            return models.models[fold * contrasts + contrast.position(outcomeCount: models.outcomeCount)]
        }
    }

    /// The same for export: without the models of outcomes that are not wanted.
    package func keeping(_ wanted: [Bool]) -> EffectModels {
        switch self {
        case .outcomes(let models): .outcomes(models.keeping(wanted))
        case .pairs(let models): .pairs(models.keeping(wanted))
        }
    }
}

extension EffectModels: Codable {
    private enum CodingKeys: String, CodingKey {
        case outcomes, pairs
    }

    /// Studies of the first version hold the T-learner's models bare.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.pairs) {
            self = .pairs(try container.decode(ContrastModels.self, forKey: .pairs))
        } else if container.contains(.outcomes) {
            self = .outcomes(try container.decode(FoldModels.self, forKey: .outcomes))
        } else {
            self = .outcomes(try FoldModels(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .outcomes(let models): try container.encode(models, forKey: .outcomes)
        case .pairs(let models): try container.encode(models, forKey: .pairs)
        }
    }
}
