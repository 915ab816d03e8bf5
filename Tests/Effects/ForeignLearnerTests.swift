import Effects
import Experiments
import Foundation
import Runtime
import Testing

/// A learner that module Effects has never heard of: the difference of the arms' means, the same for everybody.
private struct ConstantLearner: SearchableLearner {
    var capabilities = LearnerCapabilities()
    /// Taken off every effect: a setting that a search can get wrong.
    var bias: Float = 0

    var searchSpace: BoostingSpace { BoostingSpace(part: .effectModels, isForest: false) }

    func setting(_ boosting: BoostingSpec) -> ConstantLearner {
        ConstantLearner(capabilities: capabilities, bias: Float(boosting.depth ?? 0) / 10)
    }

    func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        func mean(arm: Int, outcome: Int, outside fold: Int) -> Float {
            let units = data.training(outside: fold).filter { Int(data.assignment[$0]) == arm }
            return units.reduce(0) { $0 + data.outcomes[outcome].values[$1] } / Float(units.count)
        }
        let models = (0..<data.foldCount).flatMap { fold in
            data.contrasts.map { contrast in
                EffectModel.constant(
                    mean(arm: contrast.arm, outcome: contrast.outcome, outside: fold)
                        - mean(arm: 0, outcome: contrast.outcome, outside: fold) - bias)
            }
        }
        return try LearnedEffects(
            ContrastModels(
                foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount, encoding: .empty,
                models: models),
            data: data, context: context)
    }
}

/// The protocol is all that fits, validation and searches know of a learner.
@Suite struct ForeignLearnerTests {
    private let context = RunContext(workers: Workers(count: 2))
    private let constant = NamedLearner("constant effect", ConstantLearner())

    private func experiment(arms: Int = 3, missing: Double = 0) -> Experiment {
        SimulatedExperiment(
            units: 900, shares: Array(repeating: 1, count: arms), missing: missing,
            effect: { arm, x in Double(arm) + (x[0] > 0 ? 1 : 0) }
        ).make(outcomes: 2)
    }

    @Test func itIsFitted() throws {
        let experiment = experiment()
        let fit = try EffectsFit.run(experiment, constant, context: context)
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let scale = experiment.outcomes[1].observed.scale
        let effects = fit.estimates.column(arm: 2, outcome: 1)
        for fold in 0..<5 {
            let own = Set(effects.indices.filter { Int(folds[$0]) == fold }.map { effects[$0] })
            #expect(own.count == 1 && abs(Double(own.first ?? 0) * scale - 2.5) < 0.4)
        }
        #expect(try fit.models?.foldCount == 5 && fit.standardErrors(experiment) == nil)
    }

    @Test func itIsValidatedBesideOthers() throws {
        let report = try LearnerValidation.run(experiment(), learners: [constant, .t], context: context)
        #expect(report.learners == ["constant", "constant effect", "t"])
        for arm in 0..<2 {
            let own = report.judgement(learner: 1, arm: arm, outcome: 0)
            // One effect in every fold: no better than the constant, and nothing to calibrate or to test.
            #expect(abs(own.rScore.value) < 1e-5 && own.calibration == nil && own.test.statistic == nil)
        }
    }

    @Test func itsSettingsAreSearched() throws {
        let search = try HyperparameterSearch.search(
            TrainingData(experiment()), learner: ConstantLearner(), named: "constant effect", trials: 4, seed: 1,
            context: context)
        #expect(search.learner == "constant effect" && search.trials.count == 5)
        // Every trial takes something off, so the defaults are best.
        #expect(search.trials[0].number == 0 && search.trials.allSatisfy { ($0.gain?.value ?? 0) <= 0 })
        #expect(search.sentence == "nothing beats the defaults of constant effect: keep them")
    }

    /// What a learner says it cannot take is refused before anything is fitted, in every use.
    @Test func whatItCannotTakeIsRefused() throws {
        let cases: [(LearnerCapabilities, TrainingData, String)] = [
            (
                LearnerCapabilities(manyArms: false), TrainingData(experiment()),
                "the learner picky takes one arm beside control but the experiment has 2"
            ),
            (
                LearnerCapabilities(missingValues: false), TrainingData(experiment(missing: 0.1)),
                "the learner picky takes no missing values but x0 has some"
            ),
            (
                LearnerCapabilities(columns: .suppliedEffects), TrainingData(experiment()),
                "the learner picky needs a column of effects for every arm and outcome"
            ),
        ]
        for (capabilities, data, message) in cases {
            let learner = ConstantLearner(capabilities: capabilities)
            let picky = NamedLearner("picky", learner)
            let errors = [
                #expect(throws: EspalierError.self) { try EffectsFit.run(data, learner: picky, context: context) },
                #expect(throws: EspalierError.self) {
                    try LearnerValidation.tests(data, learners: [.t, picky], context: context)
                },
                #expect(throws: EspalierError.self) {
                    try HyperparameterSearch.search(
                        data, learner: learner, named: "picky", trials: 1, seed: 1, context: context)
                },
            ]
            #expect(errors.allSatisfy { $0?.message == message })
        }
        let two = NamedLearner(
            "picky", ConstantLearner(capabilities: LearnerCapabilities(missingValues: false, manyArms: false)))
        _ = try EffectsFit.run(experiment(arms: 2), two, context: context)
    }
}
