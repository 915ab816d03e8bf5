import Foundation
import Policies
import Statistics

/// A world in which the long-term effect of an arm is attenuated and partly another function than the short-term one that the
/// log shows, and in which new arms wear off (METHODS section 8): what online methods are measured in.
package struct OnlineWorld: Sendable {
    package let armCount: Int
    package let outcomeCount: Int
    /// Correlation of long-term with short-term effects, before attenuation.
    package let correlation: Double
    /// What the first outcome loses by the squared shares of the arms.
    package let novelty: Double
    private let baselines: [SmoothFunction]
    private let short: Part
    private let other: Part
    private let otherAverages: [[Double]]
    private let attenuation: [Double]

    static let covariateCount = 5
    private static let heterogeneity = 0.15
    private static let baselineWeight = 0.4
    private static let sampleSize = 10_000

    package init(
        correlation: Double, armCount: Int = 3, outcomeCount: Int = 2, novelty: Double = 0.03, seed: UInt64
    ) {
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.correlation = correlation
        self.novelty = novelty
        var stream = RandomStream(seed: seed, purpose: "online world")
        let sample = (0..<Self.sampleSize).map { _ in Self.covariates(&stream) }
        baselines = (0..<outcomeCount).map { _ in
            SmoothFunction(covariates: Self.covariateCount, sample: sample, &stream)
        }
        let averages = (1..<armCount).map { arm -> [Double] in
            let size = (arm % 2 == 1 ? 1.0 : -1) * 0.08 * (0.3 + 0.7 * stream.uniform())
            return (0..<outcomeCount).map { outcome in
                let level = outcome == 0 ? size : -size * (0.5 + 0.5 * stream.uniform())
                return level + 0.02 * stream.normal()
            }
        }
        short = Part(averages: averages, arms: armCount, outcomes: outcomeCount, sample: sample, &stream)
        other = Part(
            averages: averages.map { $0.map { _ in 0 } }, arms: armCount, outcomes: outcomeCount, sample: sample,
            &stream)
        otherAverages = averages.map { $0.map { _ in 0.06 * stream.normal() } }
        attenuation = (0..<outcomeCount).map { _ in 0.4 + 0.4 * stream.uniform() }
    }

    /// Effects of the arms but control: averages, and what varies with the covariates.
    private struct Part: Sendable {
        let averages: [[Double]]
        /// arms x outcomes.
        let functions: [[SmoothFunction]]

        init(
            averages: [[Double]], arms: Int, outcomes: Int, sample: [[Double]], _ stream: inout RandomStream
        ) {
            self.averages = averages
            var functions: [[SmoothFunction]] = []
            for _ in 1..<arms {
                functions.append(
                    (0..<outcomes).map { _ in
                        SmoothFunction(covariates: OnlineWorld.covariateCount, sample: sample, &stream)
                    })
            }
            self.functions = functions
        }

        /// Without the averages.
        func varying(_ x: [Double], arm: Int) -> [Double] {
            let first = functions[arm - 1][0](x)
            return functions[arm - 1].indices.map { outcome in
                outcome == 0
                    ? heterogeneity * first
                    : heterogeneity * (-0.5 * first + 0.866 * functions[arm - 1][outcome](x))
            }
        }
    }

    static func covariates(_ stream: inout RandomStream) -> [Double] {
        (0..<covariateCount).map { _ in stream.normal() }
    }

    func baseline(_ x: [Double], outcome: Int) -> Double { Self.baselineWeight * baselines[outcome](x) }

    /// Of every arm but control: what the log shows.
    func shortEffects(_ x: [Double]) -> [[Double]] {
        (1..<armCount).map { arm in zip(short.averages[arm - 1], short.varying(x, arm: arm)).map { $0 + $1 } }
    }

    /// Of every arm but control: what an online test shows.
    func longEffects(_ x: [Double]) -> [[Double]] {
        let rest = (1 - correlation * correlation).squareRoot()
        return (1..<armCount).map { arm in
            let (own, new) = (short.varying(x, arm: arm), other.varying(x, arm: arm))
            return (0..<outcomeCount).map { outcome in
                attenuation[outcome]
                    * (correlation * (short.averages[arm - 1][outcome] + own[outcome])
                        + rest * (otherAverages[arm - 1][outcome] + new[outcome]))
            }
        }
    }

    /// What the arms' shares, control's first, take from an outcome.
    func wear(_ shares: [Double], outcome: Int) -> Double {
        outcome == 0 ? -novelty * shares.dropFirst().reduce(0) { $0 + $1 * $1 } : 0
    }
}
