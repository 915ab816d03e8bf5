import Effects
import Experiments
import Testing

/// The honest criterion's value, worked out by hand from METHODS section 1.
@Suite struct HonestCriterionTests {
    private func sums(_ values: [Double]) -> ArmSums {
        ArmSums(
            count: Double(values.count), value: values.reduce(0, +), square: values.reduce(0) { $0 + $1 * $1 })
    }

    private func sums(control: [Double], treated: [Double]) -> ContrastSums {
        var both = ContrastSums()
        both.control = sums(control)
        both.treated = sums(treated)
        return both
    }

    /// 60 control and 40 treated units, all 0: only their number counts.
    private var root: ContrastSums {
        sums(control: Array(repeating: 0, count: 60), treated: Array(repeating: 0, count: 40))
    }

    /// Control 1, 2, 3, 6 (mean 3, S^2 = 14/3), treated 4, 8, 9 (mean 7, S^2 = 7): n = 7 and tau = 4. With N_tr = 100 and
    /// N_est = 50 the value is (1/100) 7 x 16 - (1/100 + 1/50) (7/p + (14/3)/(1 - p)).
    @Test(arguments: [0.4, 0.5, 0.75])
    func plannedShares(share: Double) {
        let spread = 7 / share + (14.0 / 3) / (1 - share)
        let value = 0.01 * 7 * 16 - (0.01 + 0.02) * spread
        let criterion = HonestCriterion(root: root, estimatingRatio: 2, treatedShare: share)
        let node = sums(control: [1, 2, 3, 6], treated: [4, 8, 9])
        #expect(abs(criterion.value(node) - value) < 1e-12)
        #expect(criterion.size(node) == 7)
    }

    /// Without an estimating half worth the name (N_tr/N_est = 0) one penalty is left: 1/N_tr.
    @Test(arguments: [(0.0, 1.0), (1, 2), (4, 5)]) func thePenaltyIsOnePlusTheRatio(ratio: Double, penalty: Double) {
        let criterion = HonestCriterion(root: root, estimatingRatio: ratio, treatedShare: 0.5)
        // Means 0 and 0, variances 2 and 8: no effect, so that the penalty alone is left.
        let node = sums(control: [-1, 1], treated: [-2, 2])
        #expect(abs(criterion.value(node) + penalty * (8 / 0.5 + 2 / 0.5) / 100) < 1e-12)
    }

    /// Propensities that vary: control 1 and 4 with weights 2 and 1 (mean 2, variance of the mean 16/9), treated 5 and 8
    /// with weights 1 and 2 (mean 7, 16/9). The root has 10 units of weight 15 together, so 6 of it stand for 4 units.
    @Test func weights() {
        var root = ContrastSums()
        root.control = ArmSums([6, 9, 0, 14, 0, 0])
        root.treated = ArmSums([4, 6, 0, 10, 0, 0])
        var node = ContrastSums()
        node.control = ArmSums([2, 3, 6, 5, 8, 20])
        node.treated = ArmSums([2, 3, 21, 5, 37, 281])
        let criterion = HonestCriterion(root: root, estimatingRatio: 1, treatedShare: nil)
        #expect(abs(criterion.size(node) - 4) < 1e-12)
        #expect(abs(criterion.value(node) - (4 * 25 - 2 * 4 * 32.0 / 9) / 10) < 1e-12)
    }

    @Test func nothingIsWorthNothing() {
        let criterion = HonestCriterion(root: ContrastSums(), estimatingRatio: 1, treatedShare: 0.5)
        #expect(criterion.value(ContrastSums()) == 0)
    }
}

extension ArmSums {
    /// In the order of its fields: count, omega, omega y, omega^2, omega^2 y, omega^2 y^2.
    fileprivate init(_ fields: [Double]) {
        self.init()
        count = fields[0]
        weight = fields[1]
        weightedValue = fields[2]
        squaredWeight = fields[3]
        squaredWeightValue = fields[4]
        squaredWeightSquare = fields[5]
    }
}
