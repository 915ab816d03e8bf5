import Foundation
import Runtime
import Statistics

/// How many units an arm the next experiment needs to see how an effect differs, with what a pool has learned and without: by
/// simulation of experiments like those of the pool.
///
/// An experiment has the pool's units, the outcome of one of its controls, an arm whose effects lie as those of one of its arms
/// do, made to differ by a given size, and the pool's noise. Each half predicts the other's effects by linear T-learners; how
/// effects differ is seen where the predictions go with the other half's scores at the one-sided level of 5%.
package struct NextExperiment: Sendable, Equatable, Encodable {
    package struct Power: Sendable, Equatable, Encodable {
        /// Of each of two arms.
        package let units: Int
        /// Share of the experiments in which the difference is seen, by v(x) and by x.
        package let pool: Double
        package let alone: Double
    }

    package let outcome: String
    /// Standard deviation of the effect between units, in standard deviations of control.
    package let effect: Double
    /// Ascending.
    package let powers: [Power]
    /// Units an arm with 80% power; nil where the most that was tried has less.
    package let pool: Int?
    package let alone: Int?

    private enum CodingKeys: String, CodingKey { case outcome, effect, powers, pool, alone }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(effect, forKey: .effect)
        try container.encode(powers, forKey: .powers)
        try container.encode(pool, forKey: .pool)
        try container.encode(alone, forKey: .alone)
    }

    /// Units an arm that are tried, until both ways see nearly every difference.
    package static let sizes = (0..<9).map { 25 << $0 }
    private static let wanted = 0.8
    private static let enough = 0.95
    private static let level = Normal.quantile(0.95)
    /// Of models of the inputs themselves, as `EmbeddingChoice` has them.
    private static let ridges = [0.0, 1, 10, 100, 1000]

    /// What a linear model reads, row-major.
    private struct Features {
        let values: [Double]
        let ridge: Double
    }

    /// - Parameters:
    ///   - outcome: index among the pool's.
    ///   - effect: standard deviation of the effect, in standard deviations of control.
    ///   - replicates: experiments for each size.
    /// - Throws: `CancellationError`.
    package init(
        _ model: PoolModel, units: Pool, outcome: Int, effect: Double, replicates: Int = 200, seed: UInt64,
        context: RunContext
    ) throws {
        let world = World(model, units: units, outcome: outcome, effect: effect)
        var powers: [Power] = []
        for (index, size) in Self.sizes.enumerated() {
            let done = Counter()
            let seen = try context.workers.map(replicates) { replicate -> (pool: Bool, alone: Bool) in
                try context.cancellation.check()
                var stream = RandomStream(seed: seed, purpose: "next experiment \(size) \(replicate)")
                let experiment = world.draw(size, &stream)
                context.report(
                    Progress(
                        phase: "experiments of \(size) an arm", done: index * replicates + done.next(),
                        total: Self.sizes.count * replicates))
                let inputs = Self.ridges.map { Features(values: experiment.inputs, ridge: $0) }
                let embedded = Features(values: experiment.embedded, ridge: 0)
                return (
                    Self.strength(experiment, by: [embedded] + inputs) > Self.level,
                    Self.strength(experiment, by: inputs) > Self.level
                )
            }
            let count = Double(max(1, replicates))
            powers.append(
                Power(
                    units: size, pool: Double(seen.count { $0.pool }) / count,
                    alone: Double(seen.count { $0.alone }) / count))
            if powers.last.map({ min($0.pool, $0.alone) >= Self.enough }) == true { break }
        }
        self.outcome = model.shape.outcomes[outcome]
        self.effect = effect
        self.powers = powers
        pool = Self.units(powers, \.pool)
        alone = Self.units(powers, \.alone)
    }

    /// Between the sizes around the power wanted, along the logarithm of the size.
    private static func units(_ powers: [Power], _ share: (Power) -> Double) -> Int? {
        guard let above = powers.firstIndex(where: { share($0) >= wanted }) else { return nil }
        guard above > 0 else { return powers[0].units }
        let (low, high) = (powers[above - 1], powers[above])
        let part = (wanted - share(low)) / (share(high) - share(low))
        return Int((Double(low.units) * exp2(part * log2(Double(high.units) / Double(low.units)))).rounded(.up))
    }

    /// z of the slope of scores on the effects that the other half predicts, by whichever of the features serve that half best:
    /// the mean of both halves' z. Where effects do not differ, linear models make them one and the same product of both
    /// halves' scores, so that two are hardly more than one.
    private static func strength(_ experiment: DrawnExperiment, by choices: [Features]) -> Double {
        let half = experiment.arms.count / 2
        let halves = [0..<half, half..<experiment.arms.count]
        return zip(halves, halves.reversed()).reduce(0) { sum, halves in
            // Outcomes that judge must not choose.
            let risks = choices.map { risk(experiment, $0, halves.0) }
            let best = choices[risks.indices.min { risks[$0] < risks[$1] } ?? 0]
            return sum + slope(ArmModels(experiment, best, halves.0), experiment, halves.1) / 2
        }
    }

    /// z of the slope of the scores of some units on the effects that models predict.
    private static func slope(_ models: ArmModels, _ experiment: DrawnExperiment, _ rows: Range<Int>) -> Double {
        var (effects, scores): ([Double], [Double]) = ([], [])
        for row in rows {
            let levels = models.levels(row)
            let side = experiment.arms[row] == 1 ? 1.0 : -1
            effects.append(levels[1] - levels[0])
            scores.append(2 * side * (experiment.values[row] - (levels[0] + levels[1]) / 2))
        }
        let (centre, level) = (Moments(effects).mean, Moments(scores).mean)
        for index in effects.indices {
            effects[index] -= centre
            scores[index] -= level
        }
        let spread = effects.dot(effects)
        guard spread > 0 else { return 0 }
        let slope = effects.dot(scores) / spread
        let variance = zip(effects, scores).reduce(0) { sum, pair in
            let miss = pair.0 * (pair.1 - slope * pair.0)
            return sum + miss * miss
        }
        return variance > 0 ? slope * spread / variance.squareRoot() : 0
    }

    /// The squared error of what either half of some rows says of the other.
    private static func risk(_ experiment: DrawnExperiment, _ features: Features, _ rows: Range<Int>) -> Double {
        let middle = rows.lowerBound + rows.count / 4 * 2
        let parts = [rows.lowerBound..<middle, middle..<rows.upperBound]
        return zip(parts, parts.reversed()).reduce(0) { sum, part in
            let models = ArmModels(experiment, features, part.0)
            return part.1.reduce(sum) { sum, row in
                let miss = experiment.values[row] - models.levels(row)[experiment.arms[row]]
                return sum + miss * miss
            }
        }
    }

    /// Linear models of control and of treatment.
    private struct ArmModels {
        private let features: [Double]
        private let width: Int
        private let models: [TaskRidge]

        init(_ experiment: DrawnExperiment, _ features: Features, _ rows: Range<Int>) {
            let (values, width) = (features.values, features.values.count / experiment.arms.count)
            models = (0...1).map { arm in
                let own = rows.filter { experiment.arms[$0] == arm }
                var sums = TaskSums(width: width, outcomeCount: 1)
                sums.add(
                    features: own.flatMap { values[$0 * width..<($0 + 1) * width] },
                    values: [own.map { experiment.values[$0] }])
                return TaskRidge(CentredTask(sums, outcomes: [0]), ridge: features.ridge)
            }
            (self.features, self.width) = (values, width)
        }

        /// What is expected of a unit under control and under treatment.
        func levels(_ row: Int) -> [Double] {
            models.map { model in
                var sum = model.intercepts[0]
                for index in 0..<width { sum += model.coefficients[0][index] * features[row * width + index] }
                return sum
            }
        }
    }
}

/// One simulated experiment: each half of its units has as many of either arm.
private struct DrawnExperiment {
    /// Row-major.
    let embedded: [Double]
    let inputs: [Double]
    /// 0 or 1.
    let arms: [Int]
    let values: [Double]
}

/// What experiments are drawn from.
private struct World: Sendable {
    private let inputs: [Float]
    private let embedded: [Float]
    private let width: Int
    private let dimension: Int
    private let rows: Int
    /// What v(x) is multiplied with, of every arm of the pool that has the outcome: control's level, and the effect.
    private let arms: [(level: [Double], effect: [Double])]
    private let noise: Double

    /// Units that are drawn from.
    private static let most = 4000

    init(_ model: PoolModel, units: Pool, outcome: Int, effect: Double) {
        inputs = units.sample(Self.most)
        width = units.inputs.inputs.count
        rows = inputs.count / max(1, width)
        dimension = model.dimension
        let embedded = model.embedding.values(standardised: inputs, rowCount: rows)
        let rows = rows
        self.embedded = embedded
        noise = model.heldRisk.squareRoot()
        var arms: [(level: [Double], effect: [Double])] = []
        for (index, entry) in model.shape.experiments.enumerated() {
            guard let slot = entry.outcomes.firstIndex(of: outcome) else { continue }
            let first = model.shape.firstTask(of: index)
            for arm in entry.arms.indices.dropFirst() {
                let level = model.coefficients[first][slot]
                let direction = model.coefficients[first + arm][slot].adding(level, times: -1)
                let spread = Moments((0..<rows).map { Self.product(direction, embedded, $0) }).standardDeviation
                guard spread > 0 else { continue }
                arms.append((level, direction.map { effect / spread * $0 }))
            }
        }
        self.arms = arms
    }

    /// Two arms of as many units each, in random order.
    func draw(_ units: Int, _ stream: inout RandomStream) -> DrawnExperiment {
        var (v, x): ([Double], [Double]) = ([], [])
        var (assignment, values): ([Int], [Double]) = ([], [])
        let arm = arms.isEmpty ? nil : arms[stream.index(below: arms.count)]
        for unit in 0..<2 * units {
            let row = stream.index(below: rows)
            // Each half has as many units of either arm.
            assignment.append(unit % 2)
            var value = noise * stream.normal()
            if let arm {
                value += Self.product(arm.level, embedded, row)
                if unit % 2 == 1 { value += Self.product(arm.effect, embedded, row) }
            }
            values.append(value)
            v += embedded[row * dimension..<(row + 1) * dimension].map(Double.init)
            x += inputs[row * width..<(row + 1) * width].map(Double.init)
        }
        return DrawnExperiment(embedded: v, inputs: x, arms: assignment, values: values)
    }

    private static func product(_ coefficients: [Double], _ rows: [Float], _ row: Int) -> Double {
        var sum = 0.0
        for index in coefficients.indices {
            sum += coefficients[index] * Double(rows[row * coefficients.count + index])
        }
        return sum
    }
}
