import Effects
import Experiments
import Pooling
import Runtime
import Simulation
import Statistics

/// S2's semi-synthetic design on letters: features x1...x64, outcome y0 under control and yk under the treatment of experiment
/// k, all known.
struct LetterCases {
    private static let featureCount = 64
    private static let experimentCount = 25
    private let features: [[Double]]
    private let outcomes: [[Double]]
    private let training: [Int]
    private let test: [Int]

    /// - Parameter path: a CSV with x1...x64, y0...y25, whose last fifth of rows is for tests.
    init(_ path: String) throws {
        let names =
            (1...Self.featureCount).map { ("x\($0)", "feature") }
            + (0...Self.experimentCount).map { ("y\($0)", "outcome") }
        let table = try NumberColumns.read(path, names)
        features = Array(table.columns.prefix(Self.featureCount))
        outcomes = Array(table.columns.dropFirst(Self.featureCount))
        let count = features[0].count
        let rows = Array(0..<count)
        // The letters stand in no order: a draw by the row's number splits them.
        let draw = SaltedDraw(seed: 1, salt: "letters")
        training = rows.filter { draw.uniform(UInt64($0)) >= 0.2 }
        test = rows.filter { draw.uniform(UInt64($0)) < 0.2 }
    }

    /// An experiment on some of the rows; `permuting` breaks every tie between features and outcomes.
    private func experiment(
        _ index: Int, rows: [Int], random: inout RandomStream, permuting: Bool = false
    ) -> Experiment {
        let arms = rows.map { _ in UInt8(random.index(below: 2)) }
        var sources = rows
        if permuting { sources.shuffle(using: &random) }
        return SimulatedExperiment.make(
            name: "letter\(index)", columns: features.map { column in rows.map { Float(column[$0]) } },
            assignment: arms, arms: ["control", "treatment"],
            outcomes: [("y", zip(sources, arms).map { outcomes[$1 == 0 ? 0 : index][$0] })])
    }

    private func pool(
        _ experiments: [Int], seed: UInt64, permuting: Bool = false
    ) throws -> Pool {
        var random = RandomStream(seed: seed, purpose: "letters")
        return try Pool(
            experiments.map { index in
                let rows = training.filter { _ in random.bernoulli(0.1) }
                return experiment(index, rows: rows, random: &random, permuting: permuting)
            }, seed: seed)
    }

    /// Mean squared error of the effects on test rows.
    private func pehe(_ index: Int, _ effects: [Double]) -> Double {
        zip(test, effects).reduce(0) { sum, pair in
            let truth = outcomes[index][pair.0] - outcomes[0][pair.0]
            return sum + (pair.1 - truth) * (pair.1 - truth)
        } / Double(test.count)
    }

    private var testColumns: [[Float]] { features.map { column in test.map { Float(column[$0]) } } }

    /// 25 experiments of 10% of the rows each: the pool against T-learners of each alone.
    func compare(seeds: Int) throws {
        let context = RunContext()
        print("letters, 25 experiments, 10% of the units each: PEHE (T-learners alone, pool)")
        var ratios = Moments()
        for seed in 1...seeds {
            let pool = try pool(Array(1...Self.experimentCount), seed: UInt64(seed))
            let settings = PoolFit.Settings(network: .relu, seed: UInt64(seed))
            let models = try PoolFit.predictors(pool, settings: settings, context: context)
            let columns = testColumns
            let errors = try models.map { model in
                try (0..<Self.experimentCount).reduce(0.0) {
                    $0 + pehe($1 + 1, try model.effects($1, columns, of: pool)[0]) / Double(Self.experimentCount)
                }
            }
            let best = errors.dropFirst().min() ?? 0
            ratios.add(errors[0] / best)
            print("  seed \(seed):", zip(models.map(\.name), errors).map { "\($0) \($1)" }.joined(separator: ", "))
        }
        print("  pool / best T-learner \(ratios.mean) (SE \(ratios.standardError))")
    }

    /// A held-out experiment of 200 units an arm: linear T-learners on what 24 others have taught, on x, and on what unrelated
    /// ones have.
    func next(seeds: Int) throws {
        let context = RunContext()
        var (gain, harm) = (Moments(), Moments())
        for seed in 1...seeds {
            let own = (seed - 1) * 2 % Self.experimentCount + 1
            let others = (1...Self.experimentCount).filter { $0 != own }
            var random = RandomStream(seed: UInt64(seed), purpose: "next")
            var rows = training
            rows.shuffle(using: &random)
            // 571 units leave 400 on tune, which fit.
            let held = experiment(own, rows: Array(rows.prefix(571)), random: &random)
            let settings = PoolFit.Settings(network: .relu, seed: UInt64(seed))
            let related = try PoolFit.train(pool(others, seed: UInt64(seed)), settings: settings, context: context)
            let unrelated = try PoolFit.train(
                pool(others, seed: UInt64(seed), permuting: true), settings: settings, context: context)
            func error(_ embedding: Embedding) throws -> Double {
                let fit = try EffectsFit.run(
                    TrainingData(held), learner: NamedLearner("pooled", EmbeddedLearner(embedding)),
                    nuisances: .armMeans, context: context)
                let folds = test.map { UInt8($0 % held.splitRule.foldCount) }
                let found = try fit.models?.estimates(testColumns, folds: folds, context: context).columns[0] ?? []
                return pehe(own, found.map { held.outcomes[0].observed.scale * Double($0) })
            }
            let errors = (
                pool: try error(related.embedding), inputs: try error(related.embedding.withoutLayers),
                unrelated: try error(unrelated.embedding)
            )
            gain.add(errors.inputs - errors.pool)
            harm.add(errors.unrelated / errors.inputs)
            print("  seed \(seed): v(x) \(errors.pool), x \(errors.inputs), unrelated v(x) \(errors.unrelated)")
        }
        print(
            "held-out experiment of 200 an arm: x less v(x) \(gain.mean) (SE \(gain.standardError)), unrelated / x "
                + "\(harm.mean)")
    }
}
