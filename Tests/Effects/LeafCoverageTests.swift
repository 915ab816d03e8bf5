import Effects
import Experiments
import Runtime
import Statistics
import Testing

/// METHODS section 1: leaf intervals cover the true leaf effect (the mean of tau over a large fresh sample in the leaf) in
/// 95% +- 2 points over 1,000 simulated experiments each.
@Suite(.serialized) struct LeafCoverageTests {
    struct Setting: CustomTestStringConvertible, Sendable {
        let noise: SimulatedExperiment.Noise
        let shares: [Double]
        let units: Int
        /// nil: set by size, here about 10 to 25.
        let minimumLeaf: Int?

        var testDescription: String { "\(noise) \(shares) \(minimumLeaf.map { "\($0)" } ?? "by size")" }
    }

    /// A 3% rate needs some hundred units a leaf before its variance is known at all: 5 successes are not normal.
    static let settings = [
        Setting(noise: .gaussian, shares: [1, 1, 1], units: 4_000, minimumLeaf: 25),
        Setting(noise: .gaussian, shares: [8, 1, 1], units: 8_000, minimumLeaf: 25),
        Setting(noise: .binary, shares: [1, 1, 1], units: 16_000, minimumLeaf: 400),
        Setting(noise: .binary, shares: [8, 1, 1], units: 30_000, minimumLeaf: 250),
        Setting(noise: .lognormal, shares: [1, 1, 1], units: 4_000, minimumLeaf: 50),
        Setting(noise: .lognormal, shares: [8, 1, 1], units: 8_000, minimumLeaf: 50),
        Setting(noise: .lognormal, shares: [8, 1, 1], units: 1_500, minimumLeaf: nil),
    ]

    @Test(arguments: settings) func leafIntervalsCoverTheTruth(setting: Setting) throws {
        let effect: @Sendable (Int, [Float]) -> Double = { arm, x in
            let strength = setting.noise == .binary ? 0.06 : 0.8
            return strength * (x[0] > 0 ? 1 : 0.1) * (x[2] > 0.5 ? 0.5 : 1) * Double(arm) / 2
        }
        var stream = RandomStream(seed: 99)
        let fresh = (0..<5_000).map { _ in (0..<3).map { _ in Float(stream.normal()) } }
        let truth = (1...2).map { arm in fresh.map { effect(arm, $0) } }
        let replicates = Growing.isRelease ? 1_000 : 40
        let counts = try Workers(count: 2).map(replicates) { index -> (covered: Int, leaves: Int) in
            let experiment = SimulatedExperiment(
                units: setting.units, covariates: 3, shares: setting.shares, noise: setting.noise,
                seed: UInt64(index + 1), effect: effect
            ).make()
            var (covered, leaves) = (0, 0)
            let treeSettings = TreeSettings(maximumDepth: 3, minimumLeaf: setting.minimumLeaf)
            for tree in try Growing.trees(experiment, treeSettings, bins: 32) {
                var sums = [(Double, Double)](repeating: (0, 0), count: tree.leaves.count)
                for (point, tau) in zip(fresh, truth[tree.arm - 1]) {
                    let leaf = tree.leaf(of: point)
                    sums[leaf].0 += tau
                    sums[leaf].1 += 1
                }
                for (leaf, sum) in zip(tree.leaves, sums) where sum.1 > 0 {
                    let mean = sum.0 / sum.1
                    covered += leaf.estimate.low <= mean && mean <= leaf.estimate.high ? 1 : 0
                    leaves += 1
                }
            }
            return (covered, leaves)
        }
        let (covered, leaves) = counts.reduce((0, 0)) { ($0.0 + $1.covered, $0.1 + $1.leaves) }
        let coverage = Double(covered) / Double(leaves)
        print("coverage \(setting.testDescription): \(coverage) of \(leaves) leaves in \(replicates) experiments")
        #expect(abs(coverage - 0.95) <= (Growing.isRelease ? 0.02 : 0.06))
    }
}
