import Effects
import Experiments
import Runtime
import Simulation
import Statistics
import Testing

/// Linear models on a representation that is given: here |x1| and |x2|, of which the outcomes are made.
struct EmbeddedLearnerTests {
    private func embedding(_ first: Int, _ second: Int) -> Embedding {
        let width = 8
        var weights = [Float](repeating: 0, count: width * 4)
        for (column, feature) in [first, first, second, second].enumerated() {
            weights[feature * 4 + column] = column % 2 == 0 ? 1 : -1
        }
        return Embedding(
            covariates: (0..<width).map { CovariateDescription(name: "x\($0 + 1)", encoding: .numeric(centre: 0)) },
            inputs: (0..<width).map { Embedding.Input(covariate: $0, kind: .number, centre: 0, scale: 1) },
            layers: [
                Embedding.Layer(weights: weights, biases: [0, 0, 0, 0]),
                Embedding.Layer(weights: [1, 0, 1, 0, 0, 1, 0, 1], biases: [0, 0]),
            ])
    }

    /// y = |x1| + T (.5 |x1| - |x2|) + N(0, .5²); linear in x where `isLinear`.
    private func experiment(_ seed: UInt64, isLinear: Bool = false) -> (experiment: Experiment, truth: [Float]) {
        var random = RandomStream(seed: seed)
        let count = 600
        let columns = (0..<8).map { _ in (0..<count).map { _ in Float(random.normal()) } }
        let arms = (0..<count).map { UInt8($0 % 2) }
        func bend(_ value: Float) -> Double { isLinear ? Double(value) : Double(abs(value)) }
        let truth = (0..<count).map { 0.5 * bend(columns[0][$0]) - bend(columns[1][$0]) }
        let values = (0..<count).map { unit in
            bend(columns[0][unit]) + (arms[unit] == 1 ? truth[unit] : 0) + 0.5 * random.normal()
        }
        let made = SimulatedExperiment.make(
            name: "s\(seed)", columns: columns, assignment: arms, arms: ["control", "arm"], outcomes: [("y", values)])
        return (made, made.units.rows.map { Float(truth[Int($0) - 1]) })
    }

    private func fit(
        _ experiment: Experiment, _ embedding: Embedding, base: EmbeddedLearner.Base = .t
    ) throws -> EffectsFit {
        try EffectsFit.run(
            TrainingData(experiment), learner: NamedLearner("pooled", EmbeddedLearner(embedding, base: base)),
            nuisances: base == .t ? .armMeans : .boosted(nil), context: RunContext(workers: Workers(count: 1)))
    }

    /// 95% intervals of units' effects over 20 experiments; neighbours share coefficients, so the band is wide.
    @Test(arguments: [EmbeddedLearner.Base.t, .r, .dr]) func intervalsCover(base: EmbeddedLearner.Base) throws {
        var (covered, total) = (0, 0)
        for seed in 1...20 {
            let (experiment, truth) = experiment(UInt64(seed))
            let found = try fit(experiment, embedding(0, 1), base: base)
            let data = TrainingData(experiment)
            let made = try found.models?.standardErrors(data.columns, folds: data.folds, context: RunContext())
            let errors = try #require(made).columns[0]
            let scale = Float(experiment.outcomes[0].observed.scale)
            for unit in truth.indices {
                let distance = abs(scale * found.estimates.columns[0][unit] - truth[unit])
                covered += distance <= 1.96 * scale * errors[unit] ? 1 : 0
                total += 1
            }
        }
        #expect(abs(Double(covered) / Double(total) - 0.95) < 0.03)
    }

    @Test func representationsThatHelpAreChosenAndOthersNot() throws {
        let (bent, _) = experiment(1)
        let (straight, _) = experiment(2, isLinear: true)
        func choice(_ experiment: Experiment, _ embedding: Embedding) throws -> EmbeddingChoice {
            try EmbeddingChoice(embedding, TrainingData(experiment), context: RunContext())
        }
        #expect(try choice(bent, embedding(0, 1)).isEmbedded)
        // |x7| and |x8| have nothing to do with outcomes that are linear in x1 and x2.
        let other = try choice(straight, embedding(6, 7))
        #expect(!other.isEmbedded)
        #expect(other.chosen.layers.isEmpty)
    }

    /// A covariate that is not there, and one of another kind, are named.
    @Test func bindingNamesWhatIsMissing() throws {
        let covariate = Covariate(name: "x1", encoding: .categorical(levels: ["a"]), values: [0])
        #expect(throws: EspalierError.self) { try embedding(0, 1).binding(to: []) }
        do {
            _ = try embedding(0, 1).binding(to: [covariate])
            Issue.record("bound to a covariate of another kind")
        } catch let error as EspalierError {
            #expect(error.message.contains("x1 is categorical here and numeric in the pool"))
        }
    }
}
