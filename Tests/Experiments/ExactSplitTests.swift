import Experiments
import Runtime
import Testing

/// The draws that policy files promise, unit by unit: by the rule of `StableHash`, written out in Python.
@Suite struct ExactSplitTests {
    private let keys = (1...16).map { StableHash.key("unit-\($0)") }
    private let rule = SplitRule(seed: 7, confirmShare: 0.3, foldCount: 5)

    @Test func splitsOfSixteenUnits() {
        #expect(rule.confirm(keys).map { $0 ? 1 : 0 } == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(rule.folds(keys) == [1, 0, 2, 0, 1, 4, 1, 3, 0, 1, 2, 4, 0, 1, 3, 2])
        #expect(rule.estimation(keys).map { $0 ? 1 : 0 } == [1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
    }

    @Test func theDrawsOfTheHoldout() {
        let draw = SaltedDraw(seed: 7, salt: "holdout")
        #expect(draw.bits(keys[0]) == 0xd0bb_6904_0f98_3264)
        #expect(draw.uniform(keys[0]) == 0.8153596529878946)
        #expect(SaltedDraw(seed: 7, salt: "holdout-arm").uniform(keys[0]) == 0.48228101562485803)
    }

    /// A share of 0 or 1 leaves nothing to chance, and one fold holds all.
    @Test func ends() {
        #expect(SplitRule(seed: 7, confirmShare: 0, foldCount: 1).confirm(keys).allSatisfy { !$0 })
        #expect(SplitRule(seed: 7, confirmShare: 1, foldCount: 1).confirm(keys).allSatisfy { $0 })
        #expect(SplitRule(seed: 7, confirmShare: 0, foldCount: 1).folds(keys).allSatisfy { $0 == 0 })
    }

    /// Holm by hand: the smallest p times n, the next times n - 1, ..., none below those before it, none above 1.
    @Test(arguments: [
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]), ([0.02, 0.02], [0.04, 0.04]), ([0.9, 0.6], [1, 1]),
        ([0.5], [0.5]), ([0.001, 0.0005, 0.4], [0.002, 0.0015, 0.4]),
    ])
    func holm(p: [Double], expected: [Double]) {
        #expect(zip(Holm.adjusted(p), expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }
}
