import Effects
import Experiments
import Runtime
import Statistics
import Testing

@Suite struct TreeGrowthTests {
    private let settings = TreeSettings(maximumDepth: 3, minimumLeaf: 50)

    /// METHODS section 1: on y = tau(x) T + noise with a step, the root splits within one bin of it.
    @Test func theRootSplitsWithinOneBinOfAStep() throws {
        for seed in 1...UInt64(Growing.replicates(50)) {
            let experiment = SimulatedExperiment(seed: seed, effect: { _, x in x[2] > 0.4 ? 2 : 0 }).make()
            let binned = try BinnedCovariates(experiment, maximumBins: 32)
            let tree = try CausalTrees.grow(experiment, binned: binned, settings: settings, context: RunContext())[0]
            let split = try #require(tree.nodes[0].split)
            #expect(split.covariate == 2)
            guard case .atMost(let threshold) = split.rule else {
                Issue.record("a numeric rule was expected")
                continue
            }
            let edges = binned.codes[2].edges
            let nearest = try #require(edges.firstIndex { $0 > 0.4 })
            let found = try #require(edges.firstIndex(of: threshold))
            #expect(abs(found - nearest) <= 1)
        }
    }

    /// METHODS section 1: with no heterogeneity the pruned tree is a single leaf in at least 90% of 100 seeds, at the
    /// settings that find a step in every one of them.
    @Test(arguments: SimulatedExperiment.Noise.allCases)
    func withoutHeterogeneityTheTreeIsASingleLeaf(noise: SimulatedExperiment.Noise) throws {
        let seeds = Growing.replicates(100)
        var (single, found) = (0, 0)
        for seed in 1...UInt64(seeds) {
            let size = noise == .binary ? 12_000 : 4_000
            let flat = SimulatedExperiment(
                units: size, noise: noise, seed: seed, effect: { _, _ in noise == .binary ? 0.01 : 0.3 })
            if try Growing.trees(flat.make(), settings, bins: 32)[0].leaves.count == 1 { single += 1 }
            var step = flat
            step.effect = { _, x in x[0] > 0 ? (noise == .binary ? 0.08 : 0.8) : 0 }
            if try Growing.trees(step.make(), settings, bins: 32)[0].nodes[0].split?.covariate == 0 { found += 1 }
        }
        print("single leaf \(noise): \(single) of \(seeds), step found: \(found)")
        // Ten seeds, as in debug, cannot tell 0.9 from 0.95: only gross failures show there.
        #expect(Double(single) >= (Growing.isRelease ? 0.9 : 0.7) * Double(seeds))
        #expect(found >= seeds * 95 / 100)
    }

    /// The same of a single part held out, as warehouses prune, where units are twice as many: there is no further tree, and the
    /// noise of one fold.
    @Test(arguments: SimulatedExperiment.Noise.allCases)
    func aPartHeldOutPrunesAsWell(noise: SimulatedExperiment.Noise) throws {
        let seeds = Growing.replicates(100)
        let settings = TreeSettings(maximumDepth: 3, minimumLeaf: 50, pruningFolds: 1)
        var (single, found) = (0, 0)
        for seed in 1...UInt64(seeds) {
            let flat = SimulatedExperiment(units: noise == .binary ? 24_000 : 8_000, noise: noise, seed: seed)
            if try Growing.trees(flat.make(), settings, bins: 32)[0].leaves.count == 1 { single += 1 }
            var step = flat
            step.effect = { _, x in x[0] > 0 ? (noise == .binary ? 0.08 : 0.8) : 0 }
            if try Growing.trees(step.make(), settings, bins: 32)[0].nodes[0].split?.covariate == 0 { found += 1 }
        }
        print("held out: single leaf \(noise): \(single) of \(seeds), step found: \(found)")
        #expect(Double(single) >= (Growing.isRelease ? 0.9 : 0.7) * Double(seeds))
        // A gain above its error is asked of a quarter of the growing half alone: of rare events that misses some steps.
        #expect(Double(found) >= (Growing.isRelease ? 0.85 : 0.6) * Double(seeds))
    }

    /// Honesty: the estimating half's outcomes decide nothing about the tree's shape, the growing half's nothing about
    /// the estimates of a given shape.
    @Test func outcomesOfTheEstimatingHalfDoNotShapeTheTree() throws {
        let made = SimulatedExperiment(effect: { _, x in Double(x[0]) }).make()
        let estimation = made.splitRule.estimation(made.units.keys)
        let observed = made.outcomes[0].observed
        let disturbed = made.replacing(
            outcome: ScaledColumn(
                centre: observed.centre, scale: observed.scale,
                values: observed.values.indices.map { observed.values[$0] * (estimation[$0] ? -3 : 1) }))
        let (a, b) = (try Growing.trees(made, settings)[0], try Growing.trees(disturbed, settings)[0])
        #expect(a.leaves.count > 1)
        #expect(a.nodes.map(\.split) == b.nodes.map(\.split))
        #expect(a.nodes.map(\.estimate.effect) != b.nodes.map(\.estimate.effect))
    }

    /// Leaf effects are Welch's on the estimating units of the leaf, computed here by hand from the raw outcome.
    @Test func leafEffectsAreWelchsOnTheEstimatingHalf() throws {
        let experiment = SimulatedExperiment(
            shares: [2, 1, 1], confirm: 0.3, armCosts: [0.1, 0.5, 0.25],
            effect: { arm, x in Double(arm) * Double(x[0]) }
        ).make()
        let binned = try BinnedCovariates(experiment, maximumBins: 64)
        let estimation = experiment.splitRule.estimation(experiment.units.keys)
        for tree in try CausalTrees.grow(experiment, binned: binned, settings: settings, context: RunContext()) {
            let leaves = tree.leaves(of: binned)
            #expect(tree.leaves.count > 1)
            #expect(tree.leaves.map(\.units).reduce(0, +) == experiment.tuneCount)
            for (index, leaf) in tree.leaves.enumerated() {
                var moments = [Moments(), Moments()]
                for unit in experiment.tune where leaves[unit] == index && estimation[unit] {
                    let arm = Int(experiment.assignment[unit])
                    if arm == 0 || arm == tree.arm {
                        moments[arm == 0 ? 0 : 1].add(experiment.outcomes[0].observed.value(unit))
                    }
                }
                #expect(moments[0].count >= 50 && moments[1].count >= 50)
                #expect(moments[0].count + moments[1].count == leaf.estimatingUnits)
                let cost = tree.arm == 1 ? 0.4 : 0.15
                #expect(abs(leaf.estimate.effect - (moments[1].mean - moments[0].mean - cost)) < 1e-9)
                let (v1, v0) = (
                    moments[1].variance / Double(moments[1].count), moments[0].variance / Double(moments[0].count)
                )
                #expect(abs(leaf.estimate.standardError - (v1 + v0).squareRoot()) < 1e-9)
                let freedom =
                    (v1 + v0) * (v1 + v0)
                    / (v1 * v1 / Double(moments[1].count - 1) + v0 * v0 / Double(moments[0].count - 1))
                let reach = StudentT.quantile(0.975, degreesOfFreedom: freedom) * (v1 + v0).squareRoot()
                #expect(abs(leaf.estimate.high - leaf.estimate.effect - reach) < 1e-9)
            }
        }
    }

    @Test(arguments: [false, true])
    func threadsDoNotChangeABit(weighted: Bool) throws {
        let experiment = SimulatedExperiment(
            shares: [1, 1, 1], confirm: 0.2, missing: 0.1, levels: 6, variesPropensity: weighted,
            effect: { arm, x in Double(arm) * (x[0] > 0 ? 1 : 0) + (x[4] == 2 ? 1 : 0) }
        ).make(outcomes: 2)
        let one = try Growing.trees(experiment, settings, threads: 1)
        #expect(one.count == 4)
        for threads in [2, 64] {
            let others = try Growing.trees(experiment, settings, threads: threads)
            #expect(one == others)
        }
    }

    /// Propensities that follow the covariate the outcome depends on: plain means would be biased by 0.3 and more.
    @Test func weightsUndoUnequalPropensities() throws {
        let experiment = SimulatedExperiment(
            units: 20_000, variesPropensity: true, effect: { _, x in x[0] > 0 ? 2 : 1 }
        ).make()
        let tree = try Growing.trees(experiment, settings)[0]
        let split = try #require(tree.nodes[0].split)
        #expect(split.covariate == 0)
        #expect(abs(tree.nodes[0].estimate.effect - 1.5) < 4 * tree.nodes[0].estimate.standardError)
        #expect(tree.nodes[0].estimate.standardError < 0.06)
    }

    @Test func cancellingStopsSoon() throws {
        let experiment = SimulatedExperiment(units: 20_000, covariates: 10, shares: [1, 1, 1]).make(outcomes: 3)
        let binned = try BinnedCovariates(experiment)
        let cancellation = Cancellation()
        let context = RunContext(workers: Workers(count: 2), cancellation: cancellation) { progress in
            if progress.done == 1 { cancellation.cancel() }
        }
        #expect(throws: CancellationError.self) {
            try CausalTrees.grow(experiment, binned: binned, settings: TreeSettings(), context: context)
        }
    }

    @Test func progressCountsUpToItsTotal() throws {
        let experiment = SimulatedExperiment(units: 1_000, shares: [1, 1, 1]).make(outcomes: 2)
        let counted = Counter()
        let context = RunContext(workers: Workers(count: 2)) { progress in
            #expect(progress.total == 4 * 6)
            _ = counted.next()
        }
        _ = try CausalTrees.grow(
            experiment, binned: BinnedCovariates(experiment, maximumBins: 16), settings: settings, context: context)
        #expect(counted.next() == 26)
    }
}
