/// How much less the units of an experiment tell of one outcome than as many units randomised one by one would: units of one
/// cluster are alike, and where clusters were randomised they have one arm.
package struct Clustering: Sendable, Equatable, Codable {
    /// By arm from 1 on, the variance of its mean's difference from control's by clusters over that by units.
    package let designEffects: [Double]
    /// Units for each effective cluster: sum n² / sum n.
    package let unitsPerCluster: Double
    /// (sum n)² / sum n², the clusters of equal size that tell as much.
    package let effectiveClusters: Double

    package init(designEffects: [Double], unitsPerCluster: Double, effectiveClusters: Double) {
        self.designEffects = designEffects
        self.unitsPerCluster = unitsPerCluster
        self.effectiveClusters = effectiveClusters
    }

    /// The largest of any arm.
    package var designEffect: Double { designEffects.max() ?? 1 }

    /// Degrees of freedom of the mean of so many units.
    package func degreesOfFreedom(units: Double) -> Double { max(1, units / unitsPerCluster - 1) }
}

extension Clustering {
    /// Of an outcome, from the residuals around the means of the arms, summed by cluster (Liang & Zeger 1986), with G/(G - 1) for
    /// the effective clusters of each arm.
    /// - Parameters:
    ///   - weights: 1/e of the observed arm by unit; nil weighs all alike.
    /// - Returns: nil where there are no two clusters.
    /// - Complexity: O(units).
    static func estimate(
        _ values: [Float], runs: ClusterRuns, assignment: [UInt8], armCount: Int, weights: [Double]?
    ) -> Clustering? {
        guard runs.count > 1 else { return nil }
        var arms = [ArmResiduals](repeating: ArmResiduals(), count: armCount)
        for unit in runs.ranges.lazy.joined() {
            arms[Int(assignment[unit])].add(Double(values[unit]), weight: weights?[unit] ?? 1)
        }
        // Sums over clusters of the products of an arm's residuals with control's.
        var shared = [Double](repeating: 0, count: armCount)
        for run in runs.ranges {
            for unit in run {
                arms[Int(assignment[unit])].addResidual(Double(values[unit]), weight: weights?[unit] ?? 1)
            }
            for arm in 1..<max(1, armCount) { shared[arm] += arms[arm].clusterSum * arms[0].clusterSum }
            for arm in arms.indices { arms[arm].endCluster() }
        }
        let designEffects = (1..<max(1, armCount)).map { arm -> Double in
            let plain = arms[arm].variance + arms[0].variance
            guard plain > 0 else { return 1 }
            // Clusters with units of both arms move both means.
            let both = shared[arm] / (arms[arm].weight * arms[0].weight)
            return max(0, arms[arm].clusterVariance + arms[0].clusterVariance - 2 * both) / plain
        }
        let units = runs.ranges.reduce(0) { $0 + $1.count }
        return Clustering(
            designEffects: designEffects, unitsPerCluster: Double(units) / runs.effectiveCount,
            effectiveClusters: runs.effectiveCount)
    }

    /// The weighted residuals of one arm.
    private struct ArmResiduals {
        var count = 0.0
        var weight = 0.0
        var value = 0.0
        /// Sum of the squares of the weighted residuals, by unit and by cluster.
        var squares = 0.0
        var clusterSquares = 0.0
        /// Sum of the squares of the clusters' sizes in this arm.
        var sizeSquares = 0.0
        /// Of the cluster at hand.
        var clusterSum = 0.0
        var clusterSize = 0.0

        mutating func add(_ value: Double, weight: Double) {
            count += 1
            self.weight += weight
            self.value += weight * value
        }

        mutating func addResidual(_ value: Double, weight: Double) {
            let residual = weight * (value - self.value / self.weight)
            squares += residual * residual
            clusterSum += residual
            clusterSize += 1
        }

        mutating func endCluster() {
            clusterSquares += clusterSum * clusterSum
            sizeSquares += clusterSize * clusterSize
            clusterSum = 0
            clusterSize = 0
        }

        var variance: Double { count > 1 ? squares / (weight * weight) * count / (count - 1) : 0 }

        var clusterVariance: Double {
            let effective = sizeSquares > 0 ? count * count / sizeSquares : 0
            guard effective > 1 else { return variance }
            return clusterSquares / (weight * weight) * effective / (effective - 1)
        }
    }
}

extension Experiment {
    /// What clusters do to the errors of a column over a range of units; nil where units are independent.
    package func clustering(of values: [Float], over range: Range<Int>) -> Clustering? {
        guard let runs = units.clusterRuns(in: range) else { return nil }
        var weights: [Double]?
        if case .columns = propensity { weights = propensity.observed(assignment).map { 1 / Double($0) } }
        return Clustering.estimate(
            values, runs: runs, assignment: assignment, armCount: arms.count, weights: weights)
    }
}
