import Policies
import Statistics
import Testing

/// Shares of arms by how likely each is to be the best.
@Suite struct ThompsonTests {
    private func estimates(_ values: [Double], _ covariance: [[Double]]) -> JointEstimates {
        JointEstimates(
            values: values,
            covariance: DenseMatrix(rowCount: values.count, columnCount: values.count) { covariance[$0][$1] })
    }

    /// Two arms: the share of the second is the normal probability that it is ahead, between the floors. 10,000 draws have a
    /// standard error of .005.
    @Test(arguments: [-2.0, -0.5, 0, 1, 1.5]) func twoArmsHaveTheNormalProbability(ahead: Double) {
        let shares = ThompsonShares(estimates([ahead * 0.3], [[0.09]]), seed: 1).shares
        let expected = 0.03 + 0.94 * Normal.cumulative(ahead)
        #expect(abs(shares[1] - expected) < 0.02 && abs(shares[0] + shares[1] - 1) < 1e-12)
    }

    /// Three arms that are alike, each measured apart: differences share control's error, and everybody has a third.
    @Test func equalArmsShareEqually() {
        let shares = ThompsonShares(estimates([0, 0], [[2, 1], [1, 2]]), seed: 2).shares
        for share in shares { #expect(abs(share - 1.0 / 3) < 0.02) }
    }

    @Test func noArmIsRuledOut() {
        let sure = ThompsonShares(estimates([-9, 9, -9], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]), seed: 3).shares
        for (share, expected) in zip(sure, [0.03, 0.03, 0.91, 0.03]) { #expect(abs(share - expected) < 1e-12) }
        // Nothing uncertain: the best has it all but the floors; ties go to control.
        #expect(ThompsonShares(estimates([0], [[0]]), seed: 4).shares == [0.97, 0.03])
        // Many arms: the floors leave half to the best.
        let many = (0..<39).map { row in (0..<39).map { $0 == row ? 1.0 : 0 } }
        let shares = ThompsonShares(estimates((0..<39).map { $0 == 7 ? 50.0 : 0 }, many), seed: 5).shares
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9 && shares[8] > 0.5 && shares.allSatisfy { $0 > 0.012 })
    }
}
