import Effects
import Experiments
import Runtime
import Testing

/// Precision on the generator of the comparisons, where a public implementation's tree has a PEHE of .196 at a million units;
/// `espalier-bench` measures the time.
@Suite struct ComparisonTests {
    @Test(.enabled(if: Growing.isRelease)) func theTreeIsPreciseAtAHundredThousandUnits() throws {
        let generated = ComparisonGenerator(units: 100_000)
        let context = RunContext(workers: Workers(count: 2))
        let binned = try BinnedCovariates(generated.experiment, context: context)
        let tree = try CausalTrees.grow(
            generated.experiment, binned: binned, settings: TreeSettings(maximumDepth: 6, minimumLeaf: 100),
            context: context)[0]
        let leaves = tree.leaves(of: binned)
        let effects = tree.leaves.map(\.estimate.effect)
        let pehe = generated.pehe { effects[Int(leaves[$0])] }
        print("100,000 units: \(effects.count) leaves, PEHE \(pehe)")
        #expect(pehe < 0.3)
    }
}
