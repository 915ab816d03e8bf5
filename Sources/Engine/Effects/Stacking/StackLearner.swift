import Experiments
import Runtime

/// A stack: for each arm and outcome the convex combination of several learners by held-out loss (`QAggregation`).
///
/// Every member is cross-fitted by the same folds and on the same nuisance models; weights of fold k come from units outside it.
/// The average effect for everybody is always a member, so that a stack shrinks where there is little to find.
package struct StackLearner: CombiningLearner {
    package static let averageName = "average"

    /// Training units from which on the members for small experiments stay out: forests cost more than all the others together,
    /// and at 10,000 units they had no weight.
    package static let largeSample = 5_000

    /// The average first: where nothing can be told of the members, it has all the weight.
    private let always: [NamedLearner]
    private let small: [NamedLearner]

    /// - Parameters:
    ///   - members: beside the average, each of which must fit models.
    ///   - small: further members below `largeSample` training units.
    package init(_ members: [NamedLearner], small: [NamedLearner] = []) {
        always = [NamedLearner(Self.averageName, AverageLearner())] + members
        self.small = small
    }

    package func members(_ data: TrainingData) -> [NamedLearner] {
        data.trainingCount < Self.largeSample ? always + small : always
    }

    package var capabilities: LearnerCapabilities {
        let members = always + small
        return LearnerCapabilities(
            missingValues: members.allSatisfy { $0.learner.capabilities.missingValues },
            manyArms: members.allSatisfy { $0.learner.capabilities.manyArms },
            nestedOutcomeModels: members.contains { $0.learner.capabilities.nestedOutcomeModels })
    }

    package func combine(
        _ fitted: [LearnedEffects], _ data: TrainingData, nuisances: Nuisances, context: RunContext
    ) throws -> LearnedEffects {
        let members = members(data)
        let contrasts = data.contrasts
        let found = try context.workers.map(contrasts.count) { position -> Weighed in
            try context.cancellation.check()
            let contrast = contrasts[position]
            let effects = fitted.map { $0.estimates.column(contrast) }
            func weights(_ loss: StackLoss) -> StackWeights {
                StackWeights(data, nuisances: nuisances, contrast, effects: effects, loss: loss)
            }
            let chosen = weights(.doublyRobust)
            return Weighed(
                byFold: chosen.byFold, column: chosen.combine(effects, folds: data.folds),
                composition: StackComposition(
                    names: members.map(\.name), chosen: chosen, byResidualLoss: weights(.residual)))
        }
        let models = try (0..<data.foldCount).flatMap { fold in
            try contrasts.indices.map { position -> EffectModel in
                let weights = found[position].byFold[fold]
                return .stack(
                    StackedEffect(
                        parts: try members.indices.filter { weights[$0] > 0 }.map { member in
                            StackedEffect.Part(
                                learner: members[member].name, weight: weights[member],
                                model: try Self.model(
                                    fitted[member], of: members[member].name, contrasts[position], fold: fold))
                        }))
            }
        }
        return LearnedEffects(
            models: .pairs(
                ContrastModels(
                    foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount,
                    encoding: nuisances.models.encoding, models: models)),
            estimates: EffectEstimates(
                armCount: data.armCount, outcomeCount: data.outcomeCount, columns: found.map(\.column)),
            compositions: found.map(\.composition))
    }

    private struct Weighed: Sendable {
        let byFold: [[Double]]
        let column: [Float]
        let composition: StackComposition
    }

    /// A member's model of one effect.
    /// - Throws: `EspalierError` (.internal) for a member without models, which a stack cannot export.
    private static func model(
        _ fitted: LearnedEffects, of name: String, _ contrast: ContrastIndex, fold: Int
    ) throws -> EffectModel {
        guard let model = fitted.models?.model(contrast, fold: fold) else {
            throw EspalierError(.internal, "the learner \(name) has no models to be part of a stack")
        }
        return model
    }
}
