import Experiments
import Runtime
import Statistics
import Testing

/// Splits are uniform, independent of one another and of the row order. All bounds are five standard errors wide at a fixed
/// seed.
@Suite struct SplitRuleTests {
    private let keys = (0..<200_000).map { StableHash.key("unit-\($0)") }

    @Test(arguments: [0, 0.1, 0.3, 0.9])
    func confirmShare(share: Double) {
        let confirm = SplitRule(seed: 7, confirmShare: share, foldCount: 5).confirm(keys)
        let n = Double(keys.count)
        let error = 5 * (share * (1 - share) / n).squareRoot()
        #expect(abs(Double(confirm.count { $0 }) / n - share) <= error)
    }

    @Test(arguments: [2, 5, 20])
    func foldsAreUniformAndIndependentOfConfirmAndHonestHalves(count: Int) {
        let rule = SplitRule(seed: 7, confirmShare: 0.3, foldCount: count)
        let (confirm, folds, honest) = (rule.confirm(keys), rule.folds(keys), rule.estimation(keys))
        var cells = Array(repeating: 0.0, count: 4 * count)
        for unit in keys.indices {
            cells[4 * Int(folds[unit]) + (confirm[unit] ? 2 : 0) + (honest[unit] ? 1 : 0)] += 1
        }
        var statistic = 0.0
        for (cell, observed) in cells.enumerated() {
            let expected = Double(keys.count) / Double(count) * 0.5 * (cell % 4 >= 2 ? 0.3 : 0.7)
            statistic += (observed - expected) * (observed - expected) / expected
        }
        #expect(ChiSquare.survival(statistic, degreesOfFreedom: Double(cells.count - 1)) > 0.001)
    }

    @Test func seedsAreIndependentAndOrderDoesNotMatter() {
        let first = SplitRule(seed: 1, confirmShare: 0.5, foldCount: 5)
        let second = SplitRule(seed: 2, confirmShare: 0.5, foldCount: 5)
        let agreement = zip(first.confirm(keys), second.confirm(keys)).count { $0 == $1 }
        #expect(abs(Double(agreement) / Double(keys.count) - 0.5) < 5 * 0.5 / Double(keys.count).squareRoot())
        #expect(first.folds(keys.reversed()) == first.folds(keys).reversed())
        #expect(first.confirm(keys.reversed()) == first.confirm(keys).reversed())
    }
}
