import Pooling
import Statistics

/// Many experiments whose outcomes are bilinear in hidden features of units and of arms (S2 algorithm 2): rows of v of unit
/// length, x = L'v with one L for all, y_jkt = v'A_j e_kt + N(0, noise²), e of unit length.
package struct SyntheticPool: Sendable {
    package let experimentCount: Int
    /// Hidden features d.
    package let hiddenCount: Int
    /// Observed features.
    package let featureCount: Int
    package let outcomeCount: Int
    package let noise: Double
    let seed: UInt64
    /// featureCount x hiddenCount: x = mixing * v.
    private let mixing: [[Double]]
    /// Hidden-feature coefficients at [(experiment * 2 + arm) * outcomes + outcome].
    private let coefficients: [[Double]]

    package init(
        experiments: Int = 50, hidden: Int = 32, features: Int = 128, outcomes: Int = 5, noise: Double = 0.1,
        seed: UInt64
    ) {
        (experimentCount, hiddenCount, featureCount, outcomeCount) = (experiments, hidden, features, outcomes)
        (self.noise, self.seed) = (noise, seed)
        var random = RandomStream(seed: seed, purpose: "pool mixing")
        mixing = (0..<features).map { _ in (0..<hidden).map { _ in random.normal() } }
        random = RandomStream(seed: seed, purpose: "pool transforms")
        let transforms = (0..<outcomes).map { _ in
            (0..<hidden).map { _ in (0..<hidden).map { _ in random.normal() } }
        }
        random = RandomStream(seed: seed, purpose: "pool arms")
        coefficients = (0..<experiments * 2).flatMap { _ in
            let arm = Self.unitVector(hidden, &random)
            return transforms.map { rows in rows.map { row in zip(row, arm).reduce(0) { $0 + $1.0 * $1.1 } } }
        }
    }

    /// Units drawn alike.
    package struct Sample: Sendable {
        /// Row-major, units x features.
        package var features: [Double] = []
        /// Potential outcomes with their noise: at arm * outcomes + outcome, one value per unit.
        package var outcomes: [[Double]]
        /// The same without noise.
        package var means: [[Double]]
    }

    /// Units of an experiment with both potential outcomes; the same chunk is the same sample in every run.
    package func sample(_ count: Int, experiment: Int, chunk: String) -> Sample {
        var random = RandomStream(seed: seed, purpose: "pool units \(experiment) \(chunk)")
        var sample = Sample(
            outcomes: (0..<2 * outcomeCount).map { _ in [] }, means: (0..<2 * outcomeCount).map { _ in [] })
        sample.features.reserveCapacity(count * featureCount)
        for _ in 0..<count {
            let unit = Self.unitVector(hiddenCount, &random)
            for row in mixing {
                var value = 0.0
                for (a, b) in zip(row, unit) { value += a * b }
                sample.features.append(value)
            }
            for cell in 0..<2 * outcomeCount {
                let own = coefficients[experiment * 2 * outcomeCount + cell]
                var mean = 0.0
                for (a, b) in zip(own, unit) { mean += a * b }
                sample.means[cell].append(mean)
                sample.outcomes[cell].append(mean + noise * random.normal())
            }
        }
        return sample
    }

    /// The pool that these experiments make.
    package var shape: PoolShape {
        PoolShape(
            experiments: (0..<experimentCount).map { index in
                PoolShape.Entry(
                    name: Self.name(index, of: experimentCount), arms: ["control", "treatment"],
                    outcomes: Array(0..<outcomeCount))
            }, outcomes: (0..<outcomeCount).map { "y\($0 + 1)" })
    }

    /// "experiment07", as many digits as all of them need.
    static func name(_ index: Int, of count: Int) -> String {
        let digits = String(count).count
        let number = String(index + 1)
        return "experiment" + String(repeating: "0", count: digits - number.count) + number
    }

    private static func unitVector(_ count: Int, _ random: inout RandomStream) -> [Double] {
        let values = (0..<count).map { _ in random.normal() }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }
}
