import Effects
import Experiments
import Runtime

/// The one place that knows which learner a name of the spec stands for, and which settings of the `effects:` section it
/// takes.
package struct LearnerRegistry: Sendable {
    private let effects: EffectsSpec

    package init(_ effects: EffectsSpec) { self.effects = effects }

    /// The learner of a spec, with the settings of this section.
    package func learner(_ spec: LearnerSpec) -> NamedLearner {
        let (outcomeModels, effectModels) = (effects.outcomeModels, effects.effectModels)
        let learner: any Learner =
            switch spec {
            case .s: SLearner(outcomeModels)
            case .t: TLearner()
            case .tForest: TLearner.forest(outcomeModels)
            case .x: XLearner(effectModels: effectModels)
            case .r: RLearner(effectModels: effectModels)
            case .dr: DRLearner(effectModels: effectModels)
            case .dml: LinearLearner()
            case .hybrid:
                HybridLearner(
                    outcomeModels: outcomeModels, effectModels: effectModels, minimumLeaf: effects.minimumLeaf)
            case .tree: TreeLearner(minimumLeaf: effects.minimumLeaf)
            case .forest: ForestLearner(trees: effects.trees, minimumLeaf: effects.minimumLeaf)
            case .stack:
                StackLearner(
                    [.t, .x, .r, .dml].map(self.learner), small: [.tForest, .forest].map(self.learner))
            case .pooled(let pool, let base): PooledLearner(path: pool, base: base ?? .t)
            case .columns: SuppliedEffects()
            }
        return NamedLearner(spec.name, learner)
    }

    /// The learner that the section names.
    package var own: NamedLearner { learner(effects.learner) }

    /// How the outcome models behind the scores of fitted learners are made. A forest's settings are its own: what stands
    /// beside it stays boosted, by the defaults.
    package var outcomeModels: Nuisances.Models { .boosted(effects.learner == .tForest ? nil : effects.outcomeModels) }

    /// The same beside the effects that policies use, which for supplied effects may be the means of the arms.
    package var nuisances: Nuisances.Models {
        if case .columns(_, .armMean) = effects.learner { .armMeans } else { outcomeModels }
    }

    /// The section's learner, if it has settings to search.
    /// - Throws: `EspalierError` (.usage) with the names of the learners that have.
    func searchable() throws -> any SearchableLearner {
        if let learner = own.learner as? any SearchableLearner { return learner }
        let names = LearnerSpec.fitted.map { learner($0) }.filter { $0.learner is any SearchableLearner }.map(\.name)
        throw EspalierError(
            .usage, "the learner \(own.name) has no boosted models to tune",
            remedy: "set effects.learner to one of \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")")
    }
}

extension EffectsFit {
    /// Fits the learner that the experiment's spec names.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func run(_ experiment: Experiment, context: RunContext) throws -> EffectsFit {
        let registry = LearnerRegistry(experiment.spec.effects)
        return try run(
            TrainingData(experiment), learner: registry.own, nuisances: registry.nuisances, context: context)
    }
}

extension LearnerValidation {
    /// Judges learners with the settings of the experiment's spec.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func run(
        _ experiment: Experiment, learners: [LearnerSpec], context: RunContext
    ) throws -> ModelReport {
        let registry = LearnerRegistry(experiment.spec.effects)
        return try run(
            experiment, learners: learners.map(registry.learner), nuisances: registry.outcomeModels, context: context)
    }

    /// The tests of heterogeneity alone, with the settings of the experiment's spec.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func tests(
        _ experiment: Experiment, learners: [LearnerSpec], context: RunContext
    ) throws -> [[HeterogeneityTest]] {
        let registry = LearnerRegistry(experiment.spec.effects)
        return try tests(
            TrainingData(experiment), learners: learners.map(registry.learner), nuisances: registry.outcomeModels,
            context: context)
    }
}

extension HyperparameterSearch {
    /// Searches the settings of the learner that the experiment's spec names.
    /// - Throws: `EspalierError` (.usage) for a learner without boosted models of its own; `CancellationError`.
    package static func search(
        _ experiment: Experiment, trials: Int, seed: UInt64, context: RunContext
    ) throws -> HyperparameterSearch {
        let registry = LearnerRegistry(experiment.spec.effects)
        return try search(
            TrainingData(experiment), learner: registry.searchable(), named: registry.own.name,
            nuisances: registry.outcomeModels, trials: trials, seed: seed, context: context)
    }
}
