import Statistics

/// How the effect of an arm in a cohort is estimated (METHODS 4.1).
package enum CohortEffects: String, Sendable, Codable, CaseIterable {
    /// From the leaf that the cohort lies in (S0 Algorithm 1).
    case inherited
    /// From the cohort's own units, shrunk to the leaf's by its error.
    case shrunk

    /// Effects against control and their errors. A leaf without units of an arm or of control has the whole population's
    /// effect.
    /// - Parameters:
    ///   - names: of the outcomes.
    ///   - held: estimates whose shrinkage holds here, too, as a resample's must: found anew, the noise that resampling adds
    ///     would count as differences between cohorts, and less would be shrunk than in what the resample stands for.
    /// - Complexity: O(outcomes x arms x (cohorts + leaves²)).
    package func estimate(
        _ sums: CohortSums, leaves: CohortLeaves, names: [String], holding held: [OutcomeEffects]? = nil
    ) -> [OutcomeEffects] {
        names.enumerated().map { outcome, name in
            let trees = (1..<sums.armCount).map { arm in
                LeafEffects(sums, cohorts: leaves.members(outcome: outcome, arm: arm), outcome: outcome, arm: arm)
            }
            var means = [Double](repeating: 0, count: sums.cohortCount * sums.armCount)
            var own = means
            var loading = means
            var leafOfCell = [Int?](repeating: nil, count: means.count)
            var firstLeaf = 0
            for (tree, arm) in zip(trees, 1...) {
                for (leaf, cohorts) in tree.cohorts.enumerated() {
                    let shrinkage = self == .shrunk ? LeafShrinkage(sums, tree, leaf: leaf) : nil
                    for (index, cohort) in cohorts.enumerated() {
                        let cell = cohort * sums.armCount + arm
                        leafOfCell[cell] = firstLeaf + leaf
                        let estimate = shrinkage?.estimates[index]
                        let holding = held?[outcome].errors.map { 1 - $0.loading[cell] }
                        let kept = estimate == nil ? 0 : holding ?? shrinkage?.kept[index] ?? 0
                        means[cell] = tree.effects[leaf] + kept * ((estimate?.effect ?? 0) - tree.effects[leaf])
                        own[cell] = kept * (estimate?.variance ?? 0)
                        loading[cell] = 1 - kept
                        // Without an estimate nothing of it is kept, and this is the leaf's effect.
                        if kept == 0 { means[cell] = tree.effects[leaf] }
                    }
                }
                firstLeaf += tree.cohorts.count
            }
            return OutcomeEffects(
                name: name, means: means,
                errors: EffectErrors(
                    own: own, leaf: leafOfCell, loading: loading,
                    leafCovariance: LeafEffects.covariance(of: trees, sums, outcome: outcome)))
        }
    }
}
