import Experiments
import Foundation
import Statistics

/// What an analysis asks of an experiment, with the rule by which the product answers it, on the statistics it answers from:
/// normal ones, as those of large samples are.
///
/// Strengths are in standard errors of an average effect over the same units.
enum PowerQuestion: Hashable, Sendable {
    /// Whether the 95% interval of one estimate excludes 0; the strength is the estimate's mean in its own errors.
    case interval
    /// Whether a drill-down by a dimension that was named in advance finds one of the groups where the effect is: as strong in half
    /// of the groups, none in the others, Holm over all groups.
    case drillDown(groups: Int)
    /// Whether the analysis of variance by such a dimension tells that the effect differs between the groups.
    case variance(groups: Int)
    /// Whether the test of heterogeneity by blocks tells units apart that a learner ranks perfectly; the strength is the standard
    /// deviation of effects.
    case ranking(blocks: Int)
    /// The same for slopes on so many covariates, learned from the blocks before, where the effect differs between the halves of
    /// one covariate.
    case slopes(blocks: Int, covariates: Int)

    /// Draws for each strength: the error of a power of 80% is 0.6 points.
    private static let replicates = 4_000

    /// The smallest strength that is found in 80% of the draws.
    /// - Complexity: O(replicates x normals of a draw x 30).
    func simulatedStrength() -> Double {
        var high = 4.0
        while power(at: high) < MinimumDetectableEffect.power, high < 1e6 { high *= 2 }
        var low = 0.0
        while high - low > 1e-3 * high {
            let middle = (low + high) / 2
            if power(at: middle) < MinimumDetectableEffect.power { low = middle } else { high = middle }
        }
        return high
    }

    /// The share of draws in which the answer is yes; the draws are the same for all strengths.
    private func power(at strength: Double) -> Double {
        var stream = RandomStream(seed: 1, purpose: "power")
        let critical = criticalValue
        let found = (0..<Self.replicates).count { _ in isFound(strength, critical, &stream) }
        return Double(found) / Double(Self.replicates)
    }

    private var criticalValue: Double {
        let level = MinimumDetectableEffect.level
        return switch self {
        case .interval: Normal.quantile(1 - level / 2)
        case .drillDown: level
        case .variance(let groups): Self.chiSquareQuantile(level, freedom: Double(groups - 1))
        case .ranking, .slopes: Normal.quantile(1 - level)
        }
    }

    private func isFound(_ strength: Double, _ critical: Double, _ stream: inout RandomStream) -> Bool {
        switch self {
        case .interval: return abs(strength + stream.normal()) > critical
        case .drillDown(let groups):
            let z = Self.groupStatistics(strength, groups, &stream)
            let adjusted = Holm.adjusted(z.map { 2 * Normal.cumulative(-abs($0)) })
            return adjusted[..<(groups / 2)].contains { $0 < critical }
        case .variance(let groups):
            let z = Self.groupStatistics(strength, groups, &stream)
            let mean = z.reduce(0, +) / Double(groups)
            return z.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } > critical
        case .ranking(let blocks):
            return Self.blockwise(blocks) { _ in
                strength / Double(blocks).squareRoot() + stream.normal()
            } > critical
        case .slopes(let blocks, let covariates):
            // The line that a step at the median of a normal covariate projects on.
            let slope = strength / 2 * (2 / Double.pi).squareRoot()
            return Self.blockwise(blocks) { before in
                let error = (Double(blocks) / Double(before)).squareRoot()
                let learned = slope + error * stream.normal()
                let others = error * error * Self.chiSquare(covariates - 1, &stream)
                let ranked = slope * learned / (learned * learned + others).squareRoot()
                return ranked / Double(blocks).squareRoot() + stream.normal()
            } > critical
        }
    }

    /// The effect's statistic in each group, those of the first half of them with an effect.
    private static func groupStatistics(
        _ strength: Double, _ groups: Int, _ stream: inout RandomStream
    ) -> [Double] {
        (0..<groups).map { group in
            (group < groups / 2 ? strength / Double(groups).squareRoot() : 0) + stream.normal()
        }
    }

    /// As `HeterogeneityTest` adds up the statistics of its blocks.
    private static func blockwise(_ blocks: Int, _ statistic: (Int) -> Double) -> Double {
        let sums = (1..<max(2, blocks)).reduce((total: 0.0, squares: 0.0)) { sums, before in
            (sums.total + Double(before).squareRoot() * statistic(before), sums.squares + Double(before))
        }
        return sums.total / sums.squares.squareRoot()
    }

    /// What a chi-square statistic exceeds with the probability of the level.
    private static func chiSquareQuantile(_ level: Double, freedom: Double) -> Double {
        var (low, high) = (0.0, 200 + freedom)
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if ChiSquare.survival(middle, degreesOfFreedom: freedom) > level { low = middle } else { high = middle }
        }
        return high
    }

    /// By Wilson and Hilferty's cube where that is close (1931).
    private static func chiSquare(_ freedom: Int, _ stream: inout RandomStream) -> Double {
        guard freedom > 30 else {
            return (0..<max(0, freedom)).reduce(0) { sum, _ in
                let z = stream.normal()
                return sum + z * z
            }
        }
        let part = 2 / (9 * Double(freedom))
        return Double(freedom) * pow(1 - part + part.squareRoot() * stream.normal(), 3)
    }
}
