import Statistics

/// How much less the units of an experiment tell of one outcome than as many units randomised one by one would: units of one
/// cluster are alike, and where clusters were randomised they have one arm.
package struct Clustering: Sendable, Equatable, Codable {
    /// The variance of the difference of means by clusters over that by units, 1 or more; of several arms the largest.
    package let designEffect: Double
    /// Units for each effective cluster: sum n² / sum n.
    package let unitsPerCluster: Double
    /// (sum n)² / sum n², the clusters of equal size that tell as much.
    package let effectiveClusters: Double

    package init(designEffect: Double, unitsPerCluster: Double, effectiveClusters: Double) {
        self.designEffect = designEffect
        self.unitsPerCluster = unitsPerCluster
        self.effectiveClusters = effectiveClusters
    }

    /// What the variance of an estimate over all tune units is multiplied by where its interval is taken from the normal
    /// distribution: the design effect, and the square of what a t quantile adds for few clusters.
    package var normalFactor: Double {
        let quantile = StudentT.quantile(0.5 + Confidence.level / 2, degreesOfFreedom: max(1, effectiveClusters - 2))
        let ratio = quantile / Confidence.critical
        return designEffect * ratio * ratio
    }

    /// Degrees of freedom of the mean of so many units.
    package func degreesOfFreedom(units: Double) -> Double { max(1, units / unitsPerCluster - 1) }
}

extension Clustering {
    /// Of an outcome, from the residuals around the means of the arms, summed by cluster (Liang & Zeger 1986); each arm's with
    /// G/(G - 1) for its G effective clusters.
    /// - Parameters:
    ///   - clusters: a key by unit.
    ///   - weights: 1/e of the observed arm by unit; nil weighs all alike.
    /// - Returns: nil where there are no two clusters.
    /// - Complexity: O(units x arms).
    static func estimate(
        _ values: [Float], clusters: [UInt64], assignment: [UInt8], armCount: Int, weights: [Double]?, units: Range<Int>
    ) -> Clustering? {
        var place: [UInt64: Int] = [:]
        let cluster = units.map { unit in
            if let known = place[clusters[unit]] { return known }
            place[clusters[unit]] = place.count
            return place.count - 1
        }
        let count = place.count
        guard count > 1 else { return nil }
        var sizes = [Double](repeating: 0, count: count)
        var arms = [ArmResiduals](repeating: ArmResiduals(clusterCount: count), count: armCount)
        for (index, unit) in units.enumerated() {
            sizes[cluster[index]] += 1
            arms[Int(assignment[unit])].add(Double(values[unit]), weight: weights?[unit] ?? 1)
        }
        for (index, unit) in units.enumerated() {
            arms[Int(assignment[unit])].addResidual(
                Double(values[unit]), weight: weights?[unit] ?? 1, cluster: cluster[index])
        }
        var largest = 1.0
        for arm in arms.dropFirst() {
            let plain = arm.variance + arms[0].variance
            guard plain > 0 else { continue }
            // Clusters with units of both arms move both means.
            let shared = zip(arm.sums, arms[0].sums).reduce(0) { $0 + $1.0 * $1.1 } / (arm.weight * arms[0].weight)
            let robust = arm.clusterVariance + arms[0].clusterVariance - 2 * shared
            largest = max(largest, robust / plain)
        }
        let total = sizes.reduce(0, +)
        let squares = sizes.reduce(0) { $0 + $1 * $1 }
        return Clustering(
            designEffect: largest, unitsPerCluster: squares / total, effectiveClusters: total * total / squares)
    }

    /// The weighted residuals of one arm.
    private struct ArmResiduals {
        var count = 0.0
        var weight = 0.0
        var value = 0.0
        /// Sum of the squares of the weighted residuals.
        var squares = 0.0
        /// Weighted residuals and units by cluster.
        var sums: [Double]
        var sizes: [Double]

        init(clusterCount: Int) {
            sums = Array(repeating: 0, count: clusterCount)
            sizes = sums
        }

        mutating func add(_ value: Double, weight: Double) {
            count += 1
            self.weight += weight
            self.value += weight * value
        }

        mutating func addResidual(_ value: Double, weight: Double, cluster: Int) {
            let residual = weight * (value - self.value / self.weight)
            squares += residual * residual
            sums[cluster] += residual
            sizes[cluster] += 1
        }

        var variance: Double { count > 1 ? squares / (weight * weight) * count / (count - 1) : 0 }

        var clusterVariance: Double {
            let total = sizes.reduce(0) { $0 + $1 * $1 }
            guard total > 0 else { return 0 }
            let effective = count * count / total
            guard effective > 1 else { return variance }
            return sums.reduce(0) { $0 + $1 * $1 } / (weight * weight) * effective / (effective - 1)
        }
    }
}
