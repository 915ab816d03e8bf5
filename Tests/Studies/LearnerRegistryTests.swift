import Effects
import Experiments
import Runtime
import Simulation
import Studies
import Testing

@Suite struct LearnerRegistryTests {
    @Test func everyNameOfTheSpecHasItsLearner() {
        let registry = LearnerRegistry(EffectsSpec())
        for spec in LearnerSpec.fitted + [.columns([:], nuisance: .t)] {
            #expect(registry.learner(spec).name == spec.name)
        }
        let types = LearnerSpec.fitted.map { "\(type(of: registry.learner($0).learner))" }
        #expect(
            types == [
                "SLearner", "TLearner", "TLearner", "XLearner", "RLearner", "DRLearner", "LinearLearner",
                "HybridLearner", "TreeLearner", "ForestLearner", "StackLearner",
            ])
    }

    /// The settings of the spec reach the learner and the outcome models beside it.
    @Test func settingsReachTheirModels() throws {
        var boosting = BoostingSpec()
        boosting.rounds = 3
        boosting.patience = 0
        let experiment = try SyntheticExperiment.make(units: 600, covariates: 6, arms: 2, seed: 1).experiment
        func trees(_ learner: LearnerSpec) throws -> Set<Int> {
            let effects = EffectsSpec(learner: learner, outcomeModels: boosting, effectModels: boosting, trees: 4)
            var spec = experiment.spec
            spec.effects = effects
            let fit = try EffectsFit.run(experiment.replacing(spec: spec), context: RunContext())
            switch fit.models {
            case .outcomes(let models): return Set(models.models.compactMap { $0?.trees.count })
            case .pairs(let models):
                return Set(
                    models.models.compactMap { model in
                        switch model {
                        case .boosted(let model): model.trees.count
                        case .blend(let blend): blend.treated.trees.count
                        case .forest(let forest): forest.trees.count
                        default: nil
                        }
                    })
            case nil: return []
            }
        }
        for learner in [LearnerSpec.s, .t, .tForest, .x, .r, .dr] { #expect(try trees(learner) == [3]) }
        #expect(try trees(.forest) == [4])
    }

    @Test func outcomeModelsBesideTheLearner() {
        var boosting = BoostingSpec()
        boosting.rounds = 3
        func registry(_ learner: LearnerSpec) -> LearnerRegistry {
            LearnerRegistry(EffectsSpec(learner: learner, outcomeModels: boosting))
        }
        #expect(registry(.x).nuisances == .boosted(boosting))
        #expect(registry(.tForest).nuisances == .boosted(nil))
        #expect(registry(.columns([:], nuisance: .t)).nuisances == .boosted(boosting))
        #expect(registry(.columns([:], nuisance: .armMean)).nuisances == .armMeans)
        #expect(registry(.columns([:], nuisance: .armMean)).outcomeModels == .boosted(boosting))
    }

    @Test func learnersWithoutBoostedModelsSaySo() throws {
        let experiment = try SyntheticExperiment.make(units: 200, covariates: 6, arms: 2, seed: 1).experiment
        var spec = experiment.spec
        spec.effects.learner = .dml
        let error = #expect(throws: EspalierError.self) {
            try HyperparameterSearch.search(
                experiment.replacing(spec: spec), trials: 1, seed: 1, context: RunContext())
        }
        #expect(error?.message == "the learner dml has no boosted models to tune")
        #expect(error?.remedy == "set effects.learner to one of s, t, t-forest, x, r, dr or hybrid")
    }
}
