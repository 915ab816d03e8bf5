import Effects
import Experiments
import IntegerSums
import Runtime
import Testing

@Suite struct JointTreeTests {
    private let context = RunContext(workers: Workers(count: 2))
    private let settings = TreeSettings(maximumDepth: 4, minimumLeaf: 25)

    /// One arm's effect has a step in x0, the other's in x1: one tree has to find both.
    private func twoSteps(seed: UInt64 = 1, scale: Float = 1) -> Experiment {
        let made = SimulatedExperiment(
            units: 6_000, shares: [1, 1, 1], confirm: 0.2, seed: seed,
            effect: { arm, x in arm == 1 ? (x[0] > 0 ? 1.5 : -0.5) : (x[1] > 0.3 ? -1 : 1) }
        ).make(outcomes: 2)
        guard scale != 1 else { return made }
        let first = made.outcomes[0].observed
        return made.replacing(
            outcome: ScaledColumn(
                centre: first.centre, scale: first.scale, values: first.values.map { $0 * scale }))
    }

    private func grow(
        _ experiment: Experiment, maximumCohorts: Int = 12, bins: Int = 32, threads: Int = 2
    ) throws -> [CausalTree] {
        let context = RunContext(workers: Workers(count: threads))
        return try JointTree.grow(
            experiment, binned: BinnedCovariates(experiment, maximumBins: bins), settings: settings,
            maximumCohorts: maximumCohorts, context: context)
    }

    @Test func oneTreeFindsTheStepsOfBothArms() throws {
        let trees = try grow(twoSteps())
        #expect(trees.count == 4)
        #expect(trees.map { [$0.arm, $0.outcome] } == [[1, 0], [1, 1], [2, 0], [2, 1]])
        #expect(trees.allSatisfy { $0.nodes.map(\.split) == trees[0].nodes.map(\.split) })
        #expect(Set(trees[0].nodes.compactMap(\.split?.covariate)).isSuperset(of: [0, 1]))
        let leaves = trees[0].leaves.count
        #expect((4...12).contains(leaves), "\(leaves)")
        // The four quadrants have effects (1.5 or -.5, 1 or -1); every leaf's interval of 4 SE holds one of them.
        for tree in trees {
            let truths = tree.arm == 1 ? [1.5, -0.5] : [1.0, -1]
            for leaf in tree.leaves where leaf.units > 400 {
                #expect(
                    truths.contains { abs(leaf.estimate.effect - $0) < 4 * leaf.estimate.standardError + 0.15 },
                    "\(leaf.estimate)")
            }
        }
    }

    @Test(arguments: [1, 2, 5]) func thereAreNoMoreCohortsThanAskedFor(most: Int) throws {
        let trees = try grow(twoSteps(), maximumCohorts: most)
        #expect(trees[0].leaves.count <= most)
        #expect((trees[0].leaves.count == 1) == (most == 1))
        let units = trees[0].nodes[0].units
        #expect(trees.allSatisfy { $0.leaves.map(\.units).reduce(0, +) == units })
    }

    /// Gains are measured by the root's variance: an outcome in thousandths makes the same tree.
    @Test func unitsOfMeasureDoNotMatter() throws {
        let plain = try grow(twoSteps())
        let scaled = try grow(twoSteps(scale: 1_024))
        #expect(plain[0].leaves.count > 3)
        #expect(plain[0].nodes.map(\.split) == scaled[0].nodes.map(\.split))
        for (a, b) in zip(plain[0].leaves, scaled[0].leaves) {
            #expect(abs(b.estimate.effect - 1_024 * a.estimate.effect) < 1e-3 * abs(b.estimate.standardError))
        }
    }

    /// Estimates are those of the estimating half: Welch's, as trees of one outcome have them.
    @Test func leafEffectsAreOfTheEstimatingHalf() throws {
        let experiment = twoSteps()
        let binned = try BinnedCovariates(experiment, maximumBins: 32)
        let estimation = experiment.splitRule.estimation(experiment.units.keys)
        for tree in try grow(experiment) {
            let leaves = tree.leaves(of: binned)
            for (index, leaf) in tree.leaves.enumerated() {
                var sums = [(count: 0.0, total: 0.0), (count: 0.0, total: 0.0)]
                for unit in experiment.tune where leaves[unit] == index && estimation[unit] {
                    let arm = Int(experiment.assignment[unit])
                    guard arm == 0 || arm == tree.arm else { continue }
                    sums[arm == 0 ? 0 : 1].count += 1
                    sums[arm == 0 ? 0 : 1].total += experiment.outcomes[tree.outcome].observed.value(unit)
                }
                #expect(sums[0].count + sums[1].count == Double(leaf.estimatingUnits))
                #expect(min(sums[0].count, sums[1].count) >= 25)
                let effect = sums[1].total / sums[1].count - sums[0].total / sums[0].count
                #expect(abs(leaf.estimate.effect - effect) < 1e-9)
            }
        }
    }

    /// METHODS section 1: without heterogeneity in any arm and outcome the pruned tree is a single leaf.
    @Test func withoutHeterogeneityThereIsOneCohort() throws {
        let seeds = Growing.replicates(50)
        let single = try (1...UInt64(seeds)).count { seed in
            let flat = SimulatedExperiment(units: 4_000, shares: [1, 1, 1], seed: seed, effect: { _, _ in 0.3 })
            return try grow(flat.make(outcomes: 2), bins: 16)[0].leaves.count == 1
        }
        print("joint tree, single leaf: \(single) of \(seeds)")
        #expect(Double(single) >= (Growing.isRelease ? 0.9 : 0.6) * Double(seeds))
    }

    @Test(arguments: [false, true]) func theTreeIsMadeOfSums(variesPropensity: Bool) throws {
        let made = IntegerExperiment(variesPropensity: variesPropensity)
        let bins = try BinnedCovariates(made.experiment, maximumBins: 16)
        let memory = try JointTree.grow(made.experiment, binned: bins, settings: settings, context: context)
        let provider = IntegerSums(made.units, codes: bins.codes)
        let listed = try JointTree.grow(provider, made.experiment.outline, settings: settings, context: context)
        #expect(memory == listed && memory[0].leaves.count > 2)
        let levels = provider.log.requests.count { if case .level = $0.cells { true } else { false } }
        // The growing half and what is outside each of its five folds, at most a request per level.
        #expect(levels <= 6 * 4)
        #expect(
            !provider.log.requests.contains { request in
                if case .level = request.cells { request.summed.contains(.estimating) } else { false }
            })
    }

    @Test func threadsDoNotChangeABit() throws {
        let one = try grow(twoSteps(), threads: 1)
        #expect(one[0].leaves.count > 1)
        for threads in [2, 64] { #expect(try grow(twoSteps(), threads: threads) == one) }
    }
}
