import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Statistics
import Testing

/// METHODS section 2: for a policy fixed before the data, DR's 95% interval covers the truth in 95% ± 2 points of 1,000
/// simulated experiments, and IPS agrees with it in the mean.
@Suite struct CoverageTests {
    enum Noise: CaseIterable {
        case gaussian, rareBinary, lognormal
    }

    /// One experiment of three arms; treated arms move the mean by a share of x, the policy treats where x is high.
    private struct Trial {
        let noise: Noise
        let shares: [Double]

        /// Enough that the rare outcome has some twenty events in the smallest arm: with six of them (2,000 units at 8:1:1)
        /// the normal interval covered 909 of 1,000.
        var units: Int { shares[0] > 0.5 ? 8_000 : 2_000 }

        func mean(_ x: Double, _ arm: Int) -> Double {
            switch noise {
            case .gaussian: 1 + 0.3 * x * Double(arm)
            case .rareBinary: 0.03 + 0.01 * x * Double(arm)
            case .lognormal: exp(0.5) * (1 + 0.2 * x * Double(arm))
            }
        }

        func draw(_ mean: Double, _ stream: inout RandomStream) -> Double {
            switch noise {
            case .gaussian: mean + stream.normal()
            case .rareBinary: stream.bernoulli(mean) ? 1 : 0
            case .lognormal: mean / exp(0.5) * exp(stream.normal())
            }
        }

        /// x is uniform on [-1, 1]: arm 1 for 0 < x <= 1/2, arm 2 above, control elsewhere.
        func arm(_ x: Double) -> Int { x <= 0 ? 0 : x <= 0.5 ? 1 : 2 }

        /// E[Y(policy) - Y(control)] by the means above: the integral of the slope over (0, 1/2] and (1/2, 1].
        var truth: Double {
            let unit = mean(1, 1) - mean(0, 1)
            // E[x; 0 < x <= 1/2] = 1/16, E[x; 1/2 < x <= 1] = 3/16.
            return unit * (1.0 / 16 + 2 * 3.0 / 16)
        }

        func run(seed: UInt64) throws -> (dr: Estimate, ips: Double) {
            var stream = RandomStream(seed: seed, purpose: "coverage")
            var xs: [Double] = []
            var arms: [UInt8] = []
            var ys: [Double] = []
            for _ in 0..<units {
                let x = stream.uniform(in: -1...1)
                let u = stream.uniform()
                let arm = u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2
                xs.append(x)
                arms.append(UInt8(arm))
                ys.append(draw(mean(x, arm), &stream))
            }
            // Effects that reproduce the fixed policy; nuisance is the mean of each arm over the other of two halves.
            let effects = EffectEstimates(
                armCount: 3, outcomeCount: 1,
                columns: [xs.map { $0 > 0 && $0 <= 0.5 ? 1 : -1 }, xs.map { $0 > 0.5 ? 1 : -1 }])
            let scaled = ScaledColumn(ys)
            var sums = [Moments](repeating: Moments(), count: 6)
            for unit in 0..<units { sums[Int(arms[unit]) * 2 + unit % 2].add(Double(scaled.values[unit])) }
            func mu(_ arm: Int) -> [Float] { (0..<units).map { Float(sums[arm * 2 + 1 - $0 % 2].mean) } }
            let means = (0..<3).map(mu)
            let contrasts = EffectEstimates(
                armCount: 3, outcomeCount: 1, columns: (1..<3).map { arm in zip(means[arm], means[0]).map { $0 - $1 } })
            let propensity = arms.map { Float(shares[Int($0)]) }
            let residuals = (0..<units).map { (scaled.values[$0] - means[Int(arms[$0])][$0]) / propensity[$0] }
            let table = PolicyTable(
                effects: effects,
                scores: ScoreTable(control: [means[0]], contrasts: contrasts, residuals: [residuals]),
                observed: [scaled.values], armCosts: [[0], [0], [0]], assignment: arms, observedPropensity: propensity,
                tuneCount: units)
            let space = PolicySpace(
                arms: ["0", "1", "2"],
                outcomes: [
                    PolicySpace.Outcome(
                        name: "y", direction: .maximize, threshold: nil, centre: scaled.centre, scale: scaled.scale)
                ], averageEffects: [[0], [0], [0]], controlMeans: [1])
            func difference(_ estimator: Estimator) throws -> Estimate {
                let evaluator = try PolicyEvaluator(
                    space: space, table: table, estimator: estimator, workers: Workers(count: 1))
                return try #require(evaluator.evaluate(.start(in: space)).outcomes[0].difference)
            }
            return (try difference(.dr), try difference(.ips).value)
        }
    }

    @Test(arguments: Noise.allCases, [[1.0 / 3, 1.0 / 3, 1.0 / 3], [0.8, 0.1, 0.1]])
    func doublyRobustIntervalsCover(noise: Noise, shares: [Double]) throws {
        let trial = Trial(noise: noise, shares: shares)
        let runs = try Workers().map(1_000) { try trial.run(seed: UInt64($0)) }
        let covered = runs.count { $0.dr.low ?? .infinity <= trial.truth && trial.truth <= $0.dr.high ?? -.infinity }
        #expect((930...970).contains(covered), "\(covered) of 1,000")
        let dr = Moments(runs.map(\.dr.value))
        let ips = Moments(runs.map(\.ips))
        // Means of 1,000 estimates: within four standard errors of the truth and of each other.
        #expect(abs(dr.mean - trial.truth) < 4 * dr.standardError)
        #expect(abs(ips.mean - dr.mean) < 4 * (dr.standardError + ips.standardError))
        print("DR covers \(covered) of 1,000: \(noise), control share \(shares[0])")
    }
}
