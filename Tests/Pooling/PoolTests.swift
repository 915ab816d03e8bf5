import Effects
import Experiments
import Pooling
import Runtime
import Simulation
import Statistics
import Testing

struct PoolTests {
    private let simulated = SyntheticPool(experiments: 4, hidden: 3, features: 5, outcomes: 2, seed: 9)

    private func experiment(
        _ name: String, covariates: [Covariate], outcome: [Double]? = nil, count: Int = 200, shift: Float = 0
    ) -> Experiment {
        var random = RandomStream(seed: StableHash.key(name))
        let base = SimulatedExperiment.make(
            name: name, columns: [(0..<count).map { _ in Float(random.normal()) + shift }],
            assignment: (0..<count).map { UInt8($0 % 2) }, arms: ["control", "arm"],
            outcomes: [("y", outcome ?? (0..<count).map { _ in random.normal() })])
        return Experiment(
            spec: base.spec, arms: base.arms, outcomes: base.outcomes,
            covariates: covariates.isEmpty ? base.covariates : covariates, units: base.units,
            assignment: base.assignment, propensity: base.propensity, splitRule: base.splitRule,
            tuneCount: base.tuneCount, suppliedEffects: [], dataDigest: base.dataDigest, droppedCount: 0)
    }

    private func categorical(_ name: String, _ levels: [String], count: Int = 200) -> Covariate {
        Covariate(
            name: name, encoding: .categorical(levels: levels),
            values: (0..<count).map { $0 % 10 == 0 ? .nan : Float($0 % levels.count) })
    }

    @Test func whatCannotBePooledIsOneSentence() {
        let plain = experiment("a", covariates: [])
        func message(_ experiments: [Experiment]) -> String? {
            do {
                _ = try Pool(experiments, seed: 1)
                return nil
            } catch { return "\(error)" }
        }
        #expect(message([plain])?.contains("one experiment") == true)
        #expect(message([plain, plain])?.contains("two experiments are called a") == true)
        #expect(
            message([plain, experiment("b", covariates: [categorical("z", ["u", "v"])])])?
                .contains("share no covariate") == true)
        #expect(
            message([plain, experiment("b", covariates: [categorical("x1", ["u", "v"])])])?
                .contains("x1 is numeric in a and categorical in b") == true)
        #expect(
            message([plain, experiment("b", covariates: [], outcome: [Double](repeating: 2, count: 200))])?
                .contains("the same for all units of control") == true)
    }

    @Test func driftIsNoted() throws {
        let notes = try Pool(
            (0..<5).map { experiment("e\($0)", covariates: [], shift: $0 == 4 ? 3 : 0) }, seed: 1
        ).notes
        #expect(notes.contains { $0.contains("the units of e4 differ from the pool's: x1") })
        #expect(!notes.contains { $0.contains("the units of e1 ") })
    }

    /// Levels in another order and a level that only one has: one encoding for all.
    @Test func levelsHaveOneEncoding() throws {
        let one = experiment("a", covariates: [categorical("z", ["u", "v", "w"])])
        let other = experiment("b", covariates: [categorical("z", ["v", "w"])])
        let inputs = try Pool([one, other], seed: 1).inputs
        #expect(inputs.covariates.map(\.encoding) == [.categorical(levels: ["u", "v", "w"])])
        let bound = try inputs.binding(to: other.covariates)
        // The unit whose value is w in either encoding has the same inputs, and so has one without a value.
        let first = try inputs.binding(to: one.covariates)
        func row(_ embedding: Embedding, _ value: Float) -> [Float] {
            embedding.standardised([[value]], rows: [0])
        }
        #expect(row(first, 2) == row(bound, 1))
        #expect(row(first, .nan) == row(bound, .nan))
        #expect(row(first, 1) != row(first, 2))
    }

    @Test func fitJudgesPredictsAndRemembers() throws {
        let experiments = (0..<4).map { simulated.experiment($0, units: 120) }
        let pool = try Pool(experiments, seed: 3)
        let fit = try PoolFit.run(
            pool, settings: PoolFit.Settings(network: .linear, dimension: 3, seed: 3), context: RunContext())
        #expect(Set(fit.judgement.rows.map(\.learner)) == ["lr-linear", "t-linear", "t-boosted"])
        for row in fit.judgement.rows where row.learner == "lr-linear" {
            // Noise of .1, in units of the scale; 49 parameters fitted on 1,344 values add 4%, and the mean of 288 errors
            // has a standard error of 8%.
            let outcome = pool.shape.outcomes.firstIndex(of: row.outcome) ?? 0
            let noise = 0.01 / (pool.experiments[0].scales[outcome] * pool.experiments[0].scales[outcome])
            #expect(row.muRisk < 1.3 * noise)
            #expect(row.rScore > 0.5)
        }
        // New units of the second experiment: effects in the outcome's unit against the truth.
        let sample = simulated.sample(300, experiment: 1, chunk: "new")
        let columns = (0..<5).map { feature in (0..<300).map { Float(sample.features[$0 * 5 + feature]) } }
        let effects = fit.model.effects(experiment: 1, columns: columns, rows: 300)
        for outcome in 0..<2 {
            let squares = (0..<300).reduce(0.0) { sum, unit in
                let truth = sample.means[2 + outcome][unit] - sample.means[outcome][unit]
                return sum + (effects[outcome][unit] - truth) * (effects[outcome][unit] - truth)
            }
            // Twice .01 x 49 / 1,344, of two arms.
            #expect(squares / 300 < 0.002)
        }
    }

    /// Where effects are known the pool's errors are those that the model's own effects have.
    @Test func knownEffectsJudge() throws {
        let experiments = (0..<3).map { simulated.experiment($0, units: 100) }
        let plain = try Pool(experiments, seed: 3)
        let settings = PoolFit.Settings(network: .linear, dimension: 3, seed: 3)
        let model = try PoolFit.train(plain, settings: settings, context: RunContext())
        // What the model says, shifted by .3: every error is .3.
        let pool = try experiments.indices.reduce(plain) { pool, index in
            let units = experiments[index]
            let effects = try model.binding(to: units.covariates).effects(
                experiment: index, columns: units.covariates.map(\.values), rows: units.unitCount)
            return pool.knowing(effects.map { $0.map { $0 + 0.3 } }, of: units.units.keys, experiment: index)
        }
        let rows = try PoolFit.run(pool, settings: settings, context: RunContext()).judgement.rows
        for row in rows where row.learner == "lr-linear" {
            let outcome = try #require(pool.shape.outcomes.firstIndex(of: row.outcome))
            let scaled = 0.3 / pool.experiments[0].scales[outcome]
            #expect(abs((row.pehe ?? 0) - scaled * scaled) < 1e-5)
        }
        #expect(rows.allSatisfy { $0.pehe != nil })
        #expect(
            try PoolFit.run(plain, settings: settings, context: RunContext()).judgement.rows.allSatisfy {
                $0.pehe == nil
            })
    }
}
