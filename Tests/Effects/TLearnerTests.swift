import Effects
import Experiments
import Runtime
import Statistics
import Testing

@Suite struct TwoModelLearnerTests {
    private func simulated(_ units: Int = 3_000) -> Experiment {
        SimulatedExperiment(
            units: units, shares: [1, 1, 1], confirm: 0.3, missing: 0.05, levels: 4,
            effect: { arm, x in Double(arm) * (x[0] > 0 ? 1 : 0) }
        ).make(outcomes: 2)
    }

    private func context(_ threads: Int) -> RunContext { RunContext(workers: Workers(count: threads)) }

    /// METHODS section 0: outcomes of a fold's units do not move the predictions for that fold.
    @Test func aFoldsOwnOutcomesDoNotReachItsPredictions() throws {
        let experiment = simulated()
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let observed = experiment.outcomes[0].observed
        let disturbed = experiment.replacing(
            outcome: ScaledColumn(
                centre: observed.centre, scale: observed.scale,
                values: observed.values.indices.map { observed.values[$0] + (folds[$0] == 2 ? 50 : 0) }))
        let (a, b) = (
            try EffectsFit.run(experiment, context: context(2)), try EffectsFit.run(disturbed, context: context(2))
        )
        for arm in 1...2 {
            let pairs = zip(a.estimates.column(arm: arm, outcome: 0), b.estimates.column(arm: arm, outcome: 0))
            let changed = pairs.enumerated().filter { $0.element.0 != $0.element.1 }.map { folds[$0.offset] }
            #expect(!changed.isEmpty && !changed.contains(2))
        }
    }

    /// Outcomes of the confirm split reach no model at all.
    @Test func confirmOutcomesReachNoModel() throws {
        let experiment = simulated()
        let observed = experiment.outcomes[0].observed
        let disturbed = experiment.replacing(
            outcome: ScaledColumn(
                centre: observed.centre, scale: observed.scale,
                values: observed.values.indices.map { observed.values[$0] + (experiment.confirm.contains($0) ? 9 : 0) })
        )
        let models = try EffectsFit.run(experiment, context: context(2)).models
        let others = try EffectsFit.run(disturbed, context: context(2)).models
        #expect(models == others)
    }

    @Test func threadsDoNotChangeABit() throws {
        let experiment = simulated()
        let (one, two) = (
            try EffectsFit.run(experiment, context: context(1)), try EffectsFit.run(experiment, context: context(2))
        )
        #expect(one.models == two.models)
        #expect(one.estimates.columns == two.estimates.columns)
        #expect(one.scores.residuals == two.scores.residuals)
    }

    /// New units are scored by the same code: a few rows alone get the bits they got among all.
    @Test func unitsScoredAloneGetTheSameBits() throws {
        let experiment = simulated()
        let fit = try EffectsFit.run(experiment, context: context(2))
        let models = try #require(fit.models)
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let some = Array(stride(from: 0, to: experiment.unitCount, by: 97))
        let effects = try models.estimates(
            experiment.covariates.map { covariate in some.map { covariate.values[$0] } },
            folds: some.map { folds[$0] }, context: context(1))
        for (index, column) in fit.estimates.columns.enumerated() {
            #expect(effects.columns[index] == some.map { column[$0] })
        }
    }

    /// The layout of `ScoreTable`, and that doubly robust scores average to the average effect.
    @Test func scoresFollowTheirContract() throws {
        let experiment = simulated(6_000)
        let fit = try EffectsFit.run(experiment, context: context(2))
        let observed = experiment.outcomes[1].observed.values
        for unit in stride(from: 0, to: experiment.unitCount, by: 53) {
            let arm = Int(experiment.assignment[unit])
            let contrast = arm == 0 ? 0 : fit.scores.contrasts.column(arm: arm, outcome: 1)[unit]
            let mu = fit.scores.control[1][unit] + contrast
            #expect(abs(fit.scores.residuals[1][unit] - 3 * (observed[unit] - mu)) < 1e-4)
        }
        for arm in 1...2 {
            var scores = Moments()
            for unit in experiment.tune {
                let indicator =
                    (experiment.assignment[unit] == UInt8(arm) ? 1 : 0)
                    - (experiment.assignment[unit] == 0 ? 1 : 0)
                scores.add(
                    Double(fit.scores.contrasts.column(arm: arm, outcome: 0)[unit])
                        + Double(indicator) * Double(fit.scores.residuals[0][unit]))
            }
            let scale = experiment.outcomes[0].observed.scale
            #expect(abs(scale * scores.mean - 0.5 * Double(arm)) < 4 * scale * scores.standardError)
        }
    }

    @Test func suppliedEffectsAreScaledAndMeansAreOutOfFold() throws {
        let experiment = simulated(1_500)
        let supplied = (0..<4).map { index in
            ScaledColumn((0..<1_500).map { Double($0 + index) * 1e-3 })
        }
        let fit = try EffectsFit.run(
            TrainingData(experiment.replacing(suppliedEffects: supplied)), learner: .columns, nuisances: .armMeans,
            context: context(2))
        #expect(fit.models == nil)
        let scale = experiment.outcomes[1].observed.scale
        #expect(abs(Double(fit.estimates.column(arm: 2, outcome: 1)[700]) * scale - 0.703) < 1e-5)
        let folds = experiment.splitRule.folds(experiment.units.keys)
        var mean = Moments()
        for unit in experiment.tune where folds[unit] != folds[5] && experiment.assignment[unit] == 0 {
            mean.add(Double(experiment.outcomes[0].observed.values[unit]))
        }
        #expect(abs(Double(fit.scores.control[0][5]) - mean.mean) < 1e-6)
    }

    /// Constant outcomes, an arm of a handful of units, covariates that say nothing: means instead of models.
    @Test func oddDataGiveNumbers() throws {
        let base = simulated(1_200)
        let constant = base.replacing(outcome: ScaledColumn([Double](repeating: 3, count: 1_200)))
        let tiny = base.replacing(
            assignment: base.assignment.indices.map { $0 < 9 ? 2 : base.assignment[$0] == 2 ? 0 : base.assignment[$0] })
        let blank = base.replacing(
            covariates: base.covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: $0.values.map { _ in .nan })
            })
        for experiment in [constant, tiny, blank, base.replacing(covariates: [])] {
            let fit = try EffectsFit.run(experiment, context: context(2))
            #expect(fit.estimates.columns.allSatisfy { $0.allSatisfy { $0.isFinite } })
            #expect(fit.scores.residuals.allSatisfy { $0.allSatisfy { $0.isFinite } })
        }
        let flat = try EffectsFit.run(constant, context: context(2))
        #expect(flat.estimates.column(arm: 1, outcome: 0).allSatisfy { $0 == 0 })
    }

    @Test func cancellingStops() {
        let cancellation = Cancellation()
        let stopping = RunContext(workers: Workers(count: 2), cancellation: cancellation) { _ in cancellation.cancel() }
        #expect(throws: CancellationError.self) { try EffectsFit.run(simulated(), context: stopping) }
    }

    /// On the comparisons' generator the learner does far better than a constant (PEHE 1.19).
    @Test(.enabled(if: Growing.isRelease)) func effectsArePrecise() throws {
        let generated = ComparisonGenerator(units: 100_000)
        var fit: EffectsFit?
        let time = try ContinuousClock().measure { fit = try EffectsFit.run(generated.experiment, context: context(2)) }
        let column = try #require(fit).estimates.column(arm: 1, outcome: 0)
        let scale = generated.experiment.outcomes[0].observed.scale
        let pehe = generated.pehe { scale * Double(column[$0]) }
        print("T-learner at 100,000 x 20: \(time), PEHE \(pehe)")
        #expect(pehe < 0.15)
    }
}
