/// What a node is worth as a leaf by the honest criterion (S0; Athey & Imbens 2016), METHODS section 1:
/// (1/N_tr) n tau^2 - (1/N_tr + 1/N_est) (S2_1/p + S2_0/(1 - p)).
///
/// With propensities that vary by unit n is the node's share of the weights times N_tr, and S2_a/p_a is n times the
/// variance of the weighted mean.
package struct HonestCriterion: Sendable {
    private let growingCount: Double
    /// 1 + N_tr/N_est.
    private let penalty: Double
    private let treatedShare: Double
    /// N_tr over the sum of weights; nil at weight 1.
    private let unitsPerWeight: Double?

    /// - Parameters:
    ///   - root: the sums of the whole growing sample.
    ///   - estimatingRatio: N_tr/N_est of the honest tree.
    ///   - treatedShare: p = e_i/(e_0 + e_i); nil where propensities vary by unit.
    package init(root: ContrastSums, estimatingRatio: Double, treatedShare: Double?) {
        growingCount = max(1, root.control.count + root.treated.count)
        penalty = 1 + estimatingRatio
        self.treatedShare = treatedShare ?? 0.5
        let weight = root.control.weight + root.treated.weight
        unitsPerWeight = treatedShare == nil && weight > 0 ? growingCount / weight : nil
    }

    /// The number of units a node stands for.
    package func size(_ sums: ContrastSums) -> Double {
        unitsPerWeight.map { $0 * (sums.control.weight + sums.treated.weight) }
            ?? (sums.control.count + sums.treated.count)
    }

    package func value(_ sums: ContrastSums) -> Double {
        let effect = sums.treated.mean - sums.control.mean
        return (size(sums) * effect * effect - penalty * spread(sums)) / growingCount
    }

    /// S2_1/p + S2_0/(1 - p): the number of units times the variance of the effect.
    func spread(_ sums: ContrastSums) -> Double {
        unitsPerWeight == nil
            ? sums.treated.variance / treatedShare + sums.control.variance / (1 - treatedShare)
            : size(sums) * (sums.treated.meanVariance + sums.control.meanVariance)
    }
}
