import Experiments

/// What a node is worth as a leaf for all arms and outcomes: the sum of their honest criteria, each divided by S2_1/p + S2_0/(1 - p)
/// of the root, so that the unit of an outcome does not matter (S0, future work 3). An outcome that does not vary at the root
/// has no say.
struct JointCriterion: Sendable {
    private struct Contrast: Sendable {
        let arm: Int
        let outcome: Int
        let criterion: HonestCriterion
        let weight: Double
    }

    private let contrasts: [Contrast]

    /// - Parameters:
    ///   - root: the sums of the whole growing sample.
    ///   - estimatingRatios: N_tr/N_est of the honest tree for each arm's pair with control, by arm - 1.
    init(root: JointSums, estimatingRatios: [Double], _ outline: ExperimentOutline) {
        contrasts = ContrastIndex.all(arms: root.armCount, outcomes: root.outcomeCount).map { contrast in
            let sums = root.contrast(arm: contrast.arm, outcome: contrast.outcome)
            let criterion = HonestCriterion(
                root: sums, estimatingRatio: estimatingRatios[contrast.arm - 1],
                treatedShare: outline.treatedShare(arm: contrast.arm))
            let spread = criterion.spread(sums)
            return Contrast(
                arm: contrast.arm, outcome: contrast.outcome, criterion: criterion,
                weight: spread > 0 ? 1 / spread : 0)
        }
    }

    /// By `ContrastIndex.position`.
    var weights: [Double] { contrasts.map(\.weight) }

    /// - Complexity: O(arms x outcomes).
    func value(_ sums: JointSums) -> Double {
        var value = 0.0
        for contrast in contrasts where contrast.weight > 0 {
            value +=
                contrast.weight
                * contrast.criterion.value(sums.contrast(arm: contrast.arm, outcome: contrast.outcome))
        }
        return value
    }
}
