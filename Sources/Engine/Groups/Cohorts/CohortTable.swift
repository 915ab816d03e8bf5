import Effects
import Experiments

/// The cohorts in words and numbers. Effects are the leaves': never re-estimated on the small intersection, so cohorts of
/// one leaf share one estimate (METHODS section 1, "Merged cohorts").
package struct CohortTable: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        /// From 1, in the order of the partition.
        package let id: Int
        package let rule: String
        /// The rule in quantile words; nil in studies of earlier versions, and where the quantiles are not known.
        package let words: String?
        /// Tune units.
        package let units: Int
        package let share: Double
        /// The leaf of each tree, by `ContrastIndex.position`.
        package let leaves: [UInt16]
    }

    package let rows: [Row]
    /// Estimates of each tree's leaves, by `ContrastIndex.position`.
    package let leafEstimates: [[MeanDifference]]
    package let outcomeCount: Int

    /// - Parameter shares: where the trees' thresholds lie among the units; nil leaves the rules in numbers alone.
    package init(
        _ partition: CohortPartition, trees: [CausalTree], covariates: [CovariateDescription], outcomeCount: Int,
        shares: CutShares? = nil
    ) {
        let regions = trees.map { $0.leafRegions(covariates) }
        let total = Double(max(1, partition.units.reduce(0, +)))
        rows = partition.tuples.indices.map { index in
            let tuple = partition.tuples[index]
            var region = CovariateRegion()
            for (tree, leaf) in tuple.enumerated() { region = region.intersected(with: regions[tree][Int(leaf)]) }
            return Row(
                id: index + 1, rule: region.text(covariates), words: shares.map { region.words(covariates, $0) },
                units: partition.units[index],
                share: Double(partition.units[index]) / total, leaves: tuple)
        }
        leafEstimates = trees.map { $0.leaves.map(\.estimate) }
        self.outcomeCount = outcomeCount
    }

    /// The leaf effect of a cohort (from 0).
    package func effect(cohort: Int, arm: Int, outcome: Int) -> MeanDifference {
        effect(leaves: rows[cohort].leaves, arm: arm, outcome: outcome)
    }

    /// The leaf effect of a tuple of leaves, whether or not any unit has it.
    package func effect(leaves: [UInt16], arm: Int, outcome: Int) -> MeanDifference {
        let tree = ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)
        return leafEstimates[tree][Int(leaves[tree])]
    }

    /// The variance of sum over cohorts of `weights[c]` times the cohort's effect: one draw per leaf,
    /// sum over leaves of (sum over the leaf's cohorts of weight)^2 var_leaf.
    ///
    /// Arms share the control units, so variances of several arms do not simply add up.
    /// - Parameter weights: s_c x_ci, one per cohort.
    package func variance(ofWeights weights: [Double], arm: Int, outcome: Int) -> Double {
        let tree = ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)
        var byLeaf = [Double](repeating: 0, count: leafEstimates[tree].count)
        for (row, weight) in zip(rows, weights) { byLeaf[Int(row.leaves[tree])] += weight }
        return zip(byLeaf, leafEstimates[tree]).reduce(0) { sum, leaf in
            sum + leaf.0 * leaf.0 * leaf.1.standardError * leaf.1.standardError
        }
    }
}
