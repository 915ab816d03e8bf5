import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Learners against known effects. PEHE is a mean square (METHODS section 1), in the outcome's unit.
@Suite(.serialized) struct LearnerPrecisionTests {
    private let context = RunContext()

    /// Every learner on the bundled sample, whose truth.csv.gz has the expected outcomes of every member under every arm:
    /// on sessions, where there is much to find.
    @Test(.enabled(if: Growing.isRelease)) func learnersOnTheSample() throws {
        let experiment = try Experiment.read(specPath: TruthFile.sample("experiment.yaml")).experiment
            .keeping(outcome: "sessions")
        let arms = experiment.arms
        let truth = try TruthFile(
            TruthFile.sample("truth.csv.gz"), unit: .column("member"),
            columns: arms.map { "sessions_\($0)" })
        let nuisances = try Nuisances.fit(TrainingData(experiment), for: NamedLearner.fitted, context: context)
        print("PEHE over that of the constant effect, mean over arms")
        for learner in NamedLearner.fitted {
            let fit = try learner.learner.effects(
                TrainingData(experiment), nuisances: nuisances, context: context)
            let own = try (1..<arms.count).map { arm in
                try truth.pehe(
                    fit.estimates.column(arm: arm, outcome: 0), experiment, outcome: 0,
                    control: "sessions_\(arms[0])", treated: "sessions_\(arms[arm])")
            }
            let ratio = own.reduce(0) { $0 + $1.pehe } / own.reduce(0) { $0 + $1.constant }
            print(learner.name.padding(toLength: 10, withPad: " ", startingAt: 0), ratio)
            // Every learner beats the constant effect.
            #expect(ratio < 1, "\(learner.name)")
        }
    }

    /// IHDP, NPCI replication 1: 747 infants, both means known, treatment not randomised. Judged out of fold.
    @Test(.enabled(if: TruthFile.ihdp != nil)) func learnersOnIHDP() throws {
        let path = try #require(TruthFile.ihdp)
        let spec = """
            name: ihdp
            data: \(path)
            unit: row
            treatment: {column: treatment, control: "0", arms: ["0", "1"], shares: [608, 139]}
            outcomes: [{name: y_factual, direction: maximize}]
            covariates: [\((1...25).map { "x\($0)" }.joined(separator: ", "))]
            splits: {confirm: 0, folds: 10}
            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-ihdp-\(getpid()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try spec.write(to: file, atomically: true, encoding: .utf8)
        let experiment = try Experiment.read(specPath: file.path).experiment
        let truth = try TruthFile(path, unit: .row, columns: ["mu0", "mu1"])
        let nuisances = try Nuisances.fit(TrainingData(experiment), for: NamedLearner.fitted, context: context)
        print("IHDP, PEHE out of fold (constant effect: its own line)")
        for learner in NamedLearner.fitted {
            let fit = try learner.learner.effects(
                TrainingData(experiment), nuisances: nuisances, context: context)
            let found = try truth.pehe(
                fit.estimates.column(arm: 1, outcome: 0), experiment, outcome: 0, control: "mu0", treated: "mu1")
            print(learner.name.padding(toLength: 10, withPad: " ", startingAt: 0), found.pehe, found.constant)
            #expect(found.pehe < 3)
        }
    }

    /// The same with propensities estimated and nobody left out, over 20 seeds of the splits: rules are better than the best
    /// constant there is, the true mean effect. Without normalised weights in the leaves the hybrid's mean was off by 1 to 3;
    /// with leaves of at least 50, for which 139 treated leave no room, rules were a constant.
    @Test(.enabled(if: TruthFile.ihdp != nil && Growing.isRelease)) func rulesAreBetterThanAConstantOnIHDP() throws {
        let path = try #require(TruthFile.ihdp)
        let truth = try TruthFile(path, unit: .row, columns: ["mu0", "mu1"])
        let learners: [NamedLearner] = [.tree, .hybrid]
        var roots: [String: Moments] = [:]
        for seed in 1...20 {
            let spec = """
                name: ihdp
                data: \(path)
                unit: row
                treatment: {column: treatment, control: "0", arms: ["0", "1"], propensities: estimate, trim: 0}
                outcomes: [{name: y_factual, direction: maximize}]
                covariates: [\((1...25).map { "x\($0)" }.joined(separator: ", "))]
                splits: {seed: \(seed), confirm: 0}
                """
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-\(UUID()).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try spec.write(to: file, atomically: true, encoding: .utf8)
            let experiment = try Experiment.read(specPath: file.path).experiment
            let nuisances = try Nuisances.fit(TrainingData(experiment), for: learners, context: context)
            for learner in learners {
                let fit = try learner.learner.effects(
                    TrainingData(experiment), nuisances: nuisances, context: context)
                let found = try truth.pehe(
                    fit.estimates.column(arm: 1, outcome: 0), experiment, outcome: 0, control: "mu0", treated: "mu1")
                roots[learner.name, default: Moments()].add(found.pehe.squareRoot())
                if learner.name == "tree" { roots["constant", default: Moments()].add(found.constant.squareRoot()) }
            }
            // The constant that somebody without the truth would use: the average effect with the same weights.
            let average = AverageEffect.estimate(experiment, over: experiment.tune)[0].difference.effect
            let scale = experiment.outcomes[0].observed.scale
            let everybody = try truth.pehe(
                Array(repeating: Float(average / scale), count: experiment.unitCount), experiment, outcome: 0,
                control: "mu0", treated: "mu1")
            roots["average", default: Moments()].add(everybody.pehe.squareRoot())
        }
        let constant = try #require(roots["constant"])
        let average = try #require(roots["average"])
        for learner in learners {
            let own = try #require(roots[learner.name])
            print(
                "IHDP, propensities estimated: \(learner.name) root PEHE \(own.mean), the average effect's \(average.mean), "
                    + "the true mean's \(constant.mean)")
            #expect(own.mean < 0.95 * constant.mean)
            #expect(own.mean < 0.95 * average.mean)
        }
    }

    /// With shares 9:1, a constant effect and a nonlinear baseline, what T's two models overfit differently looks like an
    /// effect; X and DR do not fall for it.
    @Test(.enabled(if: Growing.isRelease)) func crossAndDoublyRobustBeatTwoModels() throws {
        let learners: [NamedLearner] = [.t, .x, .dr, .r]
        var gains = [String: Moments]()
        var means = [String: Moments]()
        for seed in 1...UInt64(20) {
            let experiment = Self.lopsided(seed: seed)
            let nuisances = try Nuisances.fit(TrainingData(experiment), for: learners, context: context)
            var pehe: [String: Double] = [:]
            let scale = experiment.outcomes[0].observed.scale
            for learner in learners {
                let fit = try learner.learner.effects(
                    TrainingData(experiment), nuisances: nuisances, context: context)
                let column = fit.estimates.column(arm: 1, outcome: 0)
                pehe[learner.name] = column.reduce(0) { $0 + pow(scale * Double($1) - 1, 2) } / Double(column.count)
            }
            for learner in learners {
                means[learner.name, default: Moments()].add(pehe[learner.name] ?? .nan)
                gains[learner.name, default: Moments()].add((pehe["t"] ?? .nan) - (pehe[learner.name] ?? .nan))
            }
        }
        for name in ["t", "x", "dr", "r"] {
            let (mean, gain) = (try #require(means[name]), try #require(gains[name]))
            print("9:1, constant effect: \(name) PEHE \(mean.mean), T's minus it \(gain.mean) SE \(gain.standardError)")
            if name != "t" { #expect(gain.mean > 2 * gain.standardError) }
        }
    }

    /// 2,000 units, a tenth of them treated; Y = sin(2 x0) + x1^2 + |x2| + T + noise.
    private static func lopsided(seed: UInt64) -> Experiment {
        let base = SimulatedExperiment(units: 2_000, shares: [9, 1], seed: seed).make()
        var stream = RandomStream(seed: seed, purpose: "lopsided")
        func x(_ index: Int, _ unit: Int) -> Double { Double(base.covariates[index].values[unit]) }
        return base.replacing(
            outcome: ScaledColumn(
                (0..<base.unitCount).map { unit in
                    sin(2 * x(0, unit)) + x(1, unit) * x(1, unit) + abs(x(2, unit)) + Double(base.assignment[unit])
                        + stream.normal()
                }))
    }
}
