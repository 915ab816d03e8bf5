import Effects
import Experiments
import Foundation
import Runtime
import Testing

@Suite struct JudgingTests {
    private func context(_ threads: Int = 2) -> RunContext { RunContext(workers: Workers(count: threads)) }

    /// tau = 0.5 x0 in one arm, unit noise; also supplied as effects computed elsewhere.
    private func experiment(units: Int, supplied: @escaping (Float) -> Double, seed: UInt64 = 3) -> Experiment {
        var simulated = SimulatedExperiment()
        simulated.units = units
        simulated.seed = seed
        simulated.effect = { _, point in 0.5 * Double(point[0]) }
        let made = simulated.make()
        return made.replacing(suppliedEffects: [ScaledColumn(made.covariates[0].values.map(supplied))])
    }

    /// The true effects: slope 1, and a tau-risk below the constant's by p (1 - p) var(tau).
    @Test func theTruthIsCalibratedAndItsRiskIsKnown() throws {
        let true0 = experiment(units: 20_000) { 0.5 * Double($0) }
        let report = try LearnerValidation.run(true0, learners: [.columns, .t], context: context())
        let truth = report.judgement(learner: 1, arm: 0, outcome: 0)
        let slope = try #require(truth.calibration)
        #expect(abs(slope.value - 1) < 3 * slope.standardError && slope.standardError < 0.06)
        let gap = report.judgement(learner: 0, arm: 0, outcome: 0).behindBest
        #expect(abs(gap.value - 0.25 * 0.25) < 3 * gap.standardError + 0.003)
        #expect(truth.behindBest.value == 0)
        #expect(truth.rScore.value > 0.04 && truth.rScore.value < 0.07)
        // The T-learner finds the effects too, and both are beyond chance.
        #expect(report.judgements.filter { !$0.isConstant }.allSatisfy { $0.isDetected })
        #expect(report.verdicts[0].isDetected && report.recommendation.learner == "columns")
        // AUTOC of the true ranking of tau = x/2 with x standard normal: half the mean of the hazard phi/(1 - Phi).
        let autoc = try #require(truth.curve).autoc
        #expect(abs(autoc.value - 0.4515986427843128) < 3 * autoc.standardError)
        let qini = try #require(truth.curve).qini
        // The integral of phi(z_q)/2 over q: 1/(4 sqrt pi).
        #expect(abs(qini.value - 1 / (4 * Double.pi.squareRoot())) < 3 * qini.standardError)
    }

    /// Beside a stack, which looks at every fold, all folds are fitted; alone, only those that are tested.
    @Test func foldsThatNobodyPredictsChangeNoTest() throws {
        let data = TrainingData(experiment(units: 900) { Double($0) })
        func tests(_ learners: [NamedLearner]) throws -> [[HeterogeneityTest]] {
            try LearnerValidation.tests(data, learners: learners, context: context())
        }
        let alone = NamedLearner.fitted.filter { $0.name != "stack" }
        let (few, all) = (try tests(alone), try tests(alone + [.stack]).dropLast())
        #expect(few.map { $0.map(\.statistic) } == all.map { $0.map(\.statistic) })
        #expect(few.contains { $0[0].statistic != nil })
    }

    @Test func halvedAndReversedEffectsShowInTheSlope() throws {
        let half = experiment(units: 8_000) { 0.25 * Double($0) }
        let reversed = experiment(units: 8_000) { -0.5 * Double($0) }
        let (a, b) = (
            try LearnerValidation.run(half, learners: [.columns], context: context()),
            try LearnerValidation.run(reversed, learners: [.columns], context: context())
        )
        let slope = try #require(a.judgements[1].calibration)
        #expect(abs(slope.value - 2) < 3 * slope.standardError)
        #expect(a.judgements[1].isDetected)
        // One-sided: a ranking that is sure to be the wrong way round is no detection.
        #expect(!b.judgements[1].isDetected && b.judgements[1].test.p > 0.999)
        #expect(b.judgements[1].rScore.value < 0 && b.recommendation.learner == nil)
    }

    @Test func reportsDependOnNeitherThreadsNorStorage() throws {
        var simulated = SimulatedExperiment()
        simulated.units = 1_500
        simulated.shares = [2, 1, 1]
        simulated.confirm = 0.2
        simulated.levels = 3
        simulated.missing = 0.1
        simulated.variesPropensity = true
        simulated.armCosts = [0, 0.1, 0.2]
        let experiment = simulated.make(outcomes: 2)
        let one = try LearnerValidation.run(experiment, learners: [.t, .dr], context: context(1))
        let two = try LearnerValidation.run(experiment, learners: [.t, .dr], context: context(2))
        #expect(one == two)
        let stored = try JSONDecoder().decode(ModelReport.self, from: JSONEncoder().encode(one))
        #expect(stored == one)
        #expect(one.judgements.count == 3 * 2 * 2 && one.units == experiment.tuneCount)
    }

    /// What learners say of units by their intervals, and the projection of an effect that is a line: beside the truth.
    @Test func intervalsAndProjectionStandBesideTheTruth() throws {
        var simulated = SimulatedExperiment()
        simulated.units = 4_000
        simulated.armCosts = [0, 0.25]
        simulated.effect = { _, point in 1 + 0.5 * Double(point[0]) }
        let report = try LearnerValidation.run(simulated.make(), learners: [.t, .dml, .forest], context: context())
        let intervals = report.intervals(arm: 0, outcome: 0)
        #expect(intervals.map(\.learner) == ["dml", "forest"])
        for own in intervals {
            // Net of the arm's cost.
            #expect(abs(own.average.value - 0.75) < 3 * own.average.standardError && own.average.standardError < 0.05)
            #expect(own.quantiles == own.quantiles.sorted() && own.typicalError > 0)
            #expect(own.above > 0.4 && own.below < 0.1 && own.above + own.below <= 1)
        }
        let rows = try #require(report.projection(arm: 0, outcome: 0)).rows
        #expect(rows.map(\.name) == ["average", "x0", "x1", "x2", "x3"])
        for (row, truth) in zip(rows, [0.75, 0.5, 0, 0, 0]) {
            #expect(abs(row.estimate - truth) < 3.5 * row.standardError && row.standardError < 0.06)
        }
        // Reports of earlier versions had neither.
        var old = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any])
        old["intervals"] = nil
        old["projections"] = nil
        let read = try JSONDecoder().decode(ModelReport.self, from: JSONSerialization.data(withJSONObject: old))
        #expect(read.projection(arm: 0, outcome: 0) == nil && read.intervals(arm: 0, outcome: 0).isEmpty)
    }

    /// Constant outcomes, an arm of a handful of units, a covariate equal to the treatment, covariates without values or none:
    /// numbers and a plain verdict, whatever the learner.
    @Test func oddDataGiveNumbersAndNoHeterogeneity() throws {
        var simulated = SimulatedExperiment()
        simulated.units = 600
        let base = simulated.make()
        let constant = base.replacing(outcome: ScaledColumn([Double](repeating: 3, count: 600)))
        let tiny = base.replacing(assignment: base.assignment.indices.map { $0 < 10 ? 1 : 0 })
        let missing = base.replacing(
            covariates: base.covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: $0.values.map { _ in .nan })
            })
        let telling = base.replacing(
            covariates: base.covariates + [
                Covariate(name: "leak", encoding: .numeric(centre: 0), values: base.assignment.map { Float($0) })
            ])
        for experiment in [constant, tiny, missing, telling, base.replacing(covariates: [])] {
            let report = try LearnerValidation.run(experiment, learners: NamedLearner.fitted, context: context())
            let pointwise = report.intervals(arm: 0, outcome: 0)
            #expect(
                pointwise.flatMap { $0.quantiles + [$0.average.value, $0.typicalError] }.allSatisfy { $0.isFinite })
            let terms = report.projection(arm: 0, outcome: 0)?.rows ?? []
            #expect(terms.allSatisfy { $0.estimate.isFinite && $0.standardError.isFinite })
            for judgement in report.judgements {
                let figures = [
                    judgement.tauRisk, judgement.rScore.value, judgement.rScore.standardError,
                    judgement.behindBest.value,
                    judgement.calibration?.value ?? 0, judgement.curve?.autoc.standardError ?? 0,
                    judgement.test.statistic ?? 0, judgement.adjustedP,
                ]
                #expect(figures.allSatisfy { $0.isFinite })
            }
            #expect(!report.verdicts[0].isDetected && report.recommendation.learner == nil)
            #expect(report.verdicts[0].sentence == "no detectable heterogeneity of arm1 on y0")
        }
    }

    @Test func cancellingStops() {
        var simulated = SimulatedExperiment()
        simulated.units = 500
        let experiment = simulated.make()
        let cancellation = Cancellation()
        let stopping = RunContext(workers: Workers(count: 2), cancellation: cancellation) { _ in cancellation.cancel() }
        #expect(throws: CancellationError.self) {
            try LearnerValidation.run(experiment, learners: [.t], context: stopping)
        }
    }
}
