import Experiments
import Runtime
import Statistics

/// Errors of policies where units come in clusters: from the sum of the influences of each cluster's units (Liang & Zeger 1986).
///
/// Variances are multiplied by G/(G - 1) and by (t/z)², the square of what a t quantile adds to the normal one, so that normal
/// intervals made of them have the width of t intervals of G - 1 degrees of freedom. G is the effective number of clusters by size or,
/// where that is less, by the influences themselves: 3 (sum I²)²/sum I⁴, which is the number of clusters for normal influences of
/// one spread and less where few clusters weigh most.
struct ClusterErrors: Sendable {
    let runs: ClusterRuns
    /// Of giving everyone one arm.
    private let arms: [ClusterSums]
    /// Sums of Gamma_0, at cluster * outcomes + outcome.
    private let control: [Double]

    /// - Complexity: one pass over the units for each arm.
    init(_ table: PolicyTable, runs: ClusterRuns, units: Range<Int>, limit: Double, workers: Workers) {
        self.runs = runs
        arms = (0..<table.armCount).map { arm in
            let given = ArmProbabilities(
                assignment: [UInt8](repeating: UInt8(arm), count: units.count), armCount: table.armCount)
            return table.clusterSums(of: given, limit: limit, units: units, runs: runs, workers: workers)
        }
        control = table.controlScores(runs: runs)
    }

    /// What covariances are multiplied by for few clusters, whatever their influences are.
    var correction: Double { correction(clusters: runs.effectiveCount) }

    private func correction(clusters: Double) -> Double {
        let quantile = StudentT.quantile(0.5 + Confidence.level / 2, degreesOfFreedom: max(1, clusters - 1))
        let ratio = quantile / Confidence.critical(atLevel: Confidence.level)
        return clusters / max(1, clusters - 1) * ratio * ratio
    }

    /// How much each cluster moves the value of one outcome, in its own unit.
    /// - Parameters:
    ///   - clusters: the policy's sums by cluster.
    ///   - totals: over all units.
    ///   - controlMean: the mean of Gamma_0, scaled.
    func influence(
        _ estimator: Estimator, _ clusters: ClusterSums, totals: PolicySums, controlMean: Double, outcome j: Int,
        centre: Double, scale: Double
    ) -> [Double] {
        let units = Double(totals.unitCount)
        let sums = totals.outcome(j)
        func sizes(_ body: (_ cluster: Int, _ size: Double) -> Double) -> [Double] {
            runs.ranges.enumerated().map { body($0.offset, Double($0.element.count)) }
        }
        func place(_ cluster: Int) -> Int { cluster * clusters.outcomeCount + j }
        switch estimator {
        case .dr, .switching, .dm:
            let mean = sums.d / units + controlMean
            return sizes { cluster, size in
                scale * (clusters.d[place(cluster)] + control[place(cluster)] - size * mean) / units
            }
        case .snips:
            guard totals.v > 0 else { return sizes { _, _ in 0 } }
            let mean = sums.vy / totals.v
            return sizes { cluster, _ in scale * (clusters.vy[place(cluster)] - mean * clusters.v[cluster]) / totals.v }
        case .ips:
            let mean = (centre * totals.v + scale * sums.vy) / units
            return sizes { cluster, size in
                (centre * clusters.v[cluster] + scale * clusters.vy[place(cluster)] - size * mean) / units
            }
        }
    }

    /// The largest ratio, over the arms but control, of the variance by clusters to that by units of an arm's difference from control.
    func designEffect(
        _ armSums: [PolicySums], _ control: ControlScoreSums, _ estimator: Estimator, outcome j: Int,
        in space: PolicySpace
    ) -> Double {
        let outcome = space.outcomes[j]
        let mean = control.sum / Double(max(1, armSums[0].unitCount))
        let influences = arms.indices.map {
            influence(
                estimator, arms[$0], totals: armSums[$0], controlMean: mean, outcome: j, centre: outcome.centre,
                scale: outcome.scale)
        }
        return (1..<max(1, arms.count)).reduce(1) { largest, arm in
            let sums = armSums[arm].outcome(j)
            let units = Double(armSums[arm].unitCount)
            let plain =
                outcome.scale * outcome.scale * (sums.dd - sums.d * sums.d / units) / max(1, units * (units - 1))
            let difference = zip(influences[arm], influences[0]).map { $0 - $1 }
            return plain > 0 ? max(largest, variance(difference) / plain) : largest
        }
    }

    /// The sums of giving everyone an arm, by cluster.
    func arm(_ arm: Int) -> ClusterSums { arms[arm] }

    /// The covariance of two estimates from the influences of the clusters on each.
    func covariance(_ left: [Double], _ right: [Double]) -> Double {
        correction * zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The variance of an estimate from the influences of the clusters on it.
    func variance(_ influence: [Double]) -> Double {
        var (squares, fourths) = (0.0, 0.0)
        for value in influence {
            squares += value * value
            fourths += value * value * value * value
        }
        let telling = fourths > 0 ? 3 * squares * squares / fourths : runs.effectiveCount
        return correction(clusters: min(runs.effectiveCount, telling)) * squares
    }

    /// How much each cluster moves the mean of d, scaled.
    func differenceInfluence(_ clusters: ClusterSums, outcome j: Int, units: Int) -> [Double] {
        let sums = runs.ranges.indices.map { clusters.d[$0 * clusters.outcomeCount + j] }
        let mean = sums.reduce(0, +) / Double(units)
        return zip(runs.ranges, sums).map { ($1 - Double($0.count) * mean) / Double(units) }
    }
}
