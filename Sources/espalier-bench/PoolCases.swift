import Effects
import Experiments
import Foundation
import Pooling
import Runtime
import Simulation
import Statistics

/// `espalier-bench pool [synthetic|speed|large|letters FILE|next FILE]`: many experiments at once (S2).
enum PoolCases {
    static func run(_ arguments: [String]) throws {
        let seeds = 5
        switch arguments.first {
        case "synthetic": try synthetic(seeds: seeds)
        case "speed": try speed()
        case "large": try large()
        case "letters": try LetterCases(arguments.dropFirst().first ?? "").compare(seeds: seeds)
        case "next": try LetterCases(arguments.dropFirst().first ?? "").next(seeds: 10)
        default:
            try synthetic(seeds: seeds)
            try speed()
        }
    }

    /// Sums of units of both arms of every experiment.
    private static func sums(_ pool: SyntheticPool, units: Int, chunk: String, context: RunContext) throws -> PoolSums {
        let parts = try context.workers.map(2 * pool.experimentCount) { task in
            var sums = TaskSums(width: pool.featureCount, outcomeCount: pool.outcomeCount)
            for start in stride(from: 0, to: units, by: 1000) {
                let sample = pool.sample(
                    min(1000, units - start), experiment: task / 2, chunk: "\(chunk) \(task % 2) \(start)")
                sums.add(
                    features: sample.features,
                    values: (0..<pool.outcomeCount).map { sample.outcomes[task % 2 * pool.outcomeCount + $0] })
            }
            return sums
        }
        return PoolSums(shape: pool.shape, tasks: parts)
    }

    /// PEHE against effects with their noise, whose floor is twice the noise (METHODS section 5).
    private static func pehe(_ models: TaskModels, _ pool: SyntheticPool) -> Double {
        var (sum, count) = (0.0, 0.0)
        let (width, outcomes) = (pool.featureCount, pool.outcomeCount)
        for experiment in 0..<pool.experimentCount {
            let sample = pool.sample(200, experiment: experiment, chunk: "pehe")
            for outcome in 0..<outcomes {
                let (base, own) = (2 * experiment, 2 * experiment + 1)
                let slopes = zip(models.coefficients[own][outcome], models.coefficients[base][outcome]).map { $0 - $1 }
                let level = models.intercepts[own][outcome] - models.intercepts[base][outcome]
                for unit in 0..<200 {
                    var effect = level
                    for index in 0..<width { effect += slopes[index] * sample.features[unit * width + index] }
                    let truth = sample.outcomes[outcomes + outcome][unit] - sample.outcomes[outcome][unit]
                    sum += (effect - truth) * (effect - truth)
                    count += 1
                }
            }
        }
        return sum / count
    }

    /// S2 table 1 with the noise that the paper leaves out.
    private static func synthetic(seeds: Int) throws {
        let context = RunContext()
        print("S2 algorithm 2, 50 experiments, \(seeds) seeds: PEHE / mu-risk")
        for units in [25, 100, 250, 1000] {
            var (alone, pooled) = ([(Double, Double)](), [(Double, Double)]())
            for seed in 1...seeds {
                let pool = SyntheticPool(seed: UInt64(seed))
                let held = units / 5
                let training = try sums(pool, units: units - held, chunk: "training", context: context)
                let choosing = try sums(pool, units: held, chunk: "held", context: context)
                let test = try sums(pool, units: 500, chunk: "test", context: context)
                let t = try TaskModels.independent(training.merging(choosing), ridge: 0, context: context)
                alone.append((pehe(t, pool), t.risk(test).mean))
                let fit = try LinearRepresentation.search(
                    LinearRepresentation.Search(), training: training, held: choosing, context: context)
                pooled.append((pehe(fit.models, pool), fit.models.risk(test).mean))
            }
            func mean(_ values: [(Double, Double)]) -> String {
                let count = Double(values.count)
                return String(
                    format: "%.4f / %.4f", values.reduce(0) { $0 + $1.0 } / count,
                    values.reduce(0) { $0 + $1.1 } / count)
            }
            print("  \(units) units an arm: T \(mean(alone)), LR \(mean(pooled))")
        }
    }

    /// Sums and one fit of 50 x 2 x 1,000 units with 128 features.
    private static func speed() throws {
        let context = RunContext()
        let pool = SyntheticPool(seed: 1)
        let samples = try context.workers.map(100) { task in
            pool.sample(1000, experiment: task / 2, chunk: "training \(task % 2)")
        }
        var report = Report()
        let time = try Stopwatch.median(3) {
            let parts = try context.workers.map(100) { task in
                var sums = TaskSums(width: 128, outcomeCount: 5)
                sums.add(
                    features: samples[task].features, values: (0..<5).map { samples[task].outcomes[task % 2 * 5 + $0] })
                return sums
            }
            _ = try LinearRepresentation.fit(
                PoolSums(shape: pool.shape, tasks: parts), dimension: 32, ridge: 0.01, context: context)
        }
        report.add("linear representation", "100000 x 128", milliseconds: time)
    }

    /// 5 million rows that are drawn in chunks and never held.
    private static func large() throws {
        let context = RunContext()
        let pool = SyntheticPool(seed: 1)
        let clock = ContinuousClock()
        var all: PoolSums?
        let drawn = try clock.measure { all = try sums(pool, units: 50_000, chunk: "training", context: context) }
        guard let all else { return }
        let fitted = try clock.measure {
            _ = try LinearRepresentation.fit(all, dimension: 32, ridge: 0.01, context: context)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print("5000000 x 128: drawn and summed in \(drawn), fitted in \(fitted); \(usage.ru_maxrss / 1024) MB at most")
    }
}
