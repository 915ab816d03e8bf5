import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// What every learner owes, whatever it learns.
@Suite struct LearnerTests {
    /// Three arms, two outcomes, missing values, a categorical covariate, varying propensities.
    private static func simulated(_ units: Int = 1_200) -> Experiment {
        SimulatedExperiment(
            units: units, shares: [2, 1, 1], confirm: 0.3, missing: 0.05, levels: 4, variesPropensity: true,
            effect: { arm, x in Double(arm) * (x[0] > 0 ? 1 : 0) }
        ).make(outcomes: 2)
    }

    private func context(_ threads: Int) -> RunContext { RunContext(workers: Workers(count: threads)) }

    private func fit(_ experiment: Experiment, _ learner: NamedLearner, threads: Int = 2) throws -> EffectsFit {
        try EffectsFit.run(experiment, learner, context: context(threads))
    }

    /// METHODS section 0: outcomes of a fold's units move nothing that scores that fold. A stack's weights are chosen on units of
    /// other folds, but by models that saw the fold; `StackLearnerTests` says how little that is.
    @Test(arguments: NamedLearner.fitted.filter { $0.name != "stack" })
    func aFoldsOwnOutcomesDoNotReachItsEffects(_ learner: NamedLearner) throws {
        let experiment = Self.simulated()
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let observed = experiment.outcomes[0].observed
        let disturbed = experiment.replacing(
            outcome: ScaledColumn(
                centre: observed.centre, scale: observed.scale,
                values: observed.values.indices.map { unit in
                    let isHidden = folds[unit] == 2 || experiment.confirm.contains(unit)
                    return observed.values[unit] + (isHidden ? Float(unit % 7) * 20 : 0)
                }))
        let (a, b) = (try fit(experiment, learner), try fit(disturbed, learner))
        for arm in 1...2 {
            let pairs = zip(a.estimates.column(arm: arm, outcome: 0), b.estimates.column(arm: arm, outcome: 0))
            let changed = Set(pairs.enumerated().filter { $0.element.0 != $0.element.1 }.map { folds[$0.offset] })
            #expect(changed == [0, 1, 3, 4])
        }
    }

    @Test(arguments: NamedLearner.fitted) func threadsDoNotChangeABit(_ learner: NamedLearner) throws {
        let experiment = Self.simulated(800)
        let (one, two) = (try fit(experiment, learner, threads: 1), try fit(experiment, learner, threads: 2))
        #expect(one.models == two.models)
        #expect(one.estimates.columns == two.estimates.columns)
        #expect(try one.standardErrors(experiment)?.columns == two.standardErrors(experiment)?.columns)
        #expect(one.scores.residuals == two.scores.residuals)
    }

    /// Models written, read back and given a few rows alone give the bits that the fit gave.
    @Test(arguments: NamedLearner.fitted) func modelsReadBackGiveTheSameBits(_ learner: NamedLearner) throws {
        let experiment = Self.simulated(800)
        let fit = try fit(experiment, learner)
        let models = try #require(fit.models).keeping([true, true])
        let copy = try JSONDecoder().decode(EffectModels.self, from: JSONEncoder().encode(models))
        #expect(copy == models)
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let some = Array(stride(from: 0, to: experiment.unitCount, by: 97))
        let effects = try copy.estimates(
            experiment.covariates.map { covariate in some.map { covariate.values[$0] } },
            folds: some.map { folds[$0] }, context: context(1))
        for (index, column) in fit.estimates.columns.enumerated() {
            #expect(effects.columns[index] == some.map { column[$0] })
        }
    }

    /// On a large step in the effect every learner sees where it is, for either arm, unbiased by varying propensities.
    @Test(arguments: NamedLearner.fitted) func aStepIsFound(_ learner: NamedLearner) throws {
        let experiment = Self.simulated(4_000)
        let fit = try fit(experiment.keeping(outcome: "y0"), learner)
        let scale = experiment.outcomes[0].observed.scale
        for arm in 1...2 {
            var (low, high) = (Moments(), Moments())
            for (unit, value) in fit.estimates.column(arm: arm, outcome: 0).enumerated() {
                let x = experiment.covariates[0].values[unit]
                guard !x.isNaN else { continue }
                if x > 0 { high.add(scale * Double(value)) } else { low.add(scale * Double(value)) }
            }
            print("\(learner.name) arm \(arm): \(low.mean) \(high.mean)")
            // Shrinkage is no fault, and a line cannot be a step (DML: 0.65 of its height).
            #expect(high.mean - low.mean > 0.6 * Double(arm))
            #expect(abs(low.mean + high.mean - Double(arm)) < 0.35)
        }
    }

    /// Constant outcomes, an arm of ten units, a covariate equal to the treatment, covariates without values or none at
    /// all: numbers everywhere, and a sentence that says what is wrong.
    @Test(arguments: NamedLearner.fitted) func oddDataGiveNumbersAndASentence(_ learner: NamedLearner) throws {
        let base = Self.simulated(600)
        let constant = base.replacing(outcome: ScaledColumn([Double](repeating: 3, count: base.unitCount)))
        let tiny = base.replacing(
            assignment: base.assignment.indices.map { $0 < 10 ? 2 : base.assignment[$0] == 2 ? 0 : base.assignment[$0] }
        )
        let blank = base.replacing(
            covariates: base.covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: $0.values.map { _ in .nan })
            })
        let telling = base.replacing(
            covariates: base.covariates + [
                Covariate(name: "leak", encoding: .numeric(centre: 0), values: base.assignment.map { Float($0) })
            ])
        let cases: [(Experiment, String)] = [
            (constant, "y0 is the same for every unit"), (tiny, "arm2 has only 10 units"), (blank, "no covariate"),
            (telling, "leak alone tells arm1 and arm2 from arm0"), (base.replacing(covariates: []), "no covariate"),
        ]
        var fits: [EffectsFit] = []
        for (experiment, sentence) in cases {
            let fit = try fit(experiment, learner)
            fits.append(fit)
            #expect(fit.estimates.columns.allSatisfy { $0.allSatisfy { $0.isFinite } })
            #expect(try fit.standardErrors(experiment)?.columns.allSatisfy { $0.allSatisfy { $0.isFinite } } ?? true)
            #expect(fit.scores.residuals.allSatisfy { $0.allSatisfy { $0.isFinite } })
            #expect(EffectNotes.find(experiment).contains { $0.hasPrefix(sentence) })
        }
        #expect(fits[0].estimates.column(arm: 1, outcome: 0).allSatisfy { abs($0) < 1e-6 })
        let effects = fits[1].estimates.column(arm: 2, outcome: 0)
        let folds = tiny.splitRule.folds(tiny.units.keys)
        for fold in 0..<5 {
            let own = effects.indices.filter { Int(folds[$0]) == fold }.map { effects[$0] }
            // S pools the arms and may differ; the others give everybody the same difference.
            if learner.name != "s", let least = own.min(), let most = own.max() { #expect(most - least < 1e-5) }
        }
        #expect(EffectNotes.find(base).isEmpty)
    }

    @Test(arguments: NamedLearner.fitted) func cancellingStops(_ learner: NamedLearner) {
        let cancellation = Cancellation()
        let stopping = RunContext(workers: Workers(count: 2), cancellation: cancellation) { _ in cancellation.cancel() }
        #expect(throws: CancellationError.self) {
            try EffectsFit.run(Self.simulated(800), learner, context: stopping)
        }
    }
}
