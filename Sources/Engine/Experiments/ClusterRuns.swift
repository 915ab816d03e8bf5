/// The clusters of a range of units in canonical order, where the units of a cluster stand side by side.
package struct ClusterRuns: Sendable, Equatable {
    /// One range for each cluster, ascending and without gaps.
    package let ranges: [Range<Int>]
    /// (sum n)² / sum n², the clusters of equal size that tell as much.
    package let effectiveCount: Double

    /// - Parameter clusters: the key of each unit's cluster, equal keys side by side.
    package init(_ clusters: [UInt64], units: Range<Int>) {
        var ranges: [Range<Int>] = []
        var start = units.lowerBound
        for unit in units.dropFirst() where clusters[unit] != clusters[unit - 1] {
            ranges.append(start..<unit)
            start = unit
        }
        if start < units.upperBound { ranges.append(start..<units.upperBound) }
        self.ranges = ranges
        let squares = ranges.reduce(0) { $0 + Double($1.count) * Double($1.count) }
        effectiveCount = squares > 0 ? Double(units.count) * Double(units.count) / squares : 0
    }

    package var count: Int { ranges.count }

    /// G/(G - 1) for the G effective clusters: what residuals around an estimated mean lack.
    package var correction: Double { effectiveCount > 1 ? effectiveCount / (effectiveCount - 1) : 1 }
}

extension Experiment {
    /// What was randomised, a unit for each: the first of every cluster where nearly all clusters of several units have one arm, else
    /// all units.
    package var randomisedUnits: [Int] {
        guard let runs = units.clusterRuns(in: 0..<unitCount) else { return Array(0..<unitCount) }
        let several = runs.ranges.filter { $0.count > 1 }
        let undivided = several.count { run in run.allSatisfy { assignment[$0] == assignment[run.lowerBound] } }
        // Units randomised one by one share an arm by chance; in pairs of equal arms, half of them.
        guard Double(undivided) >= 0.9 * Double(several.count) else { return Array(0..<unitCount) }
        return runs.ranges.map(\.lowerBound)
    }
}

extension Experiment {
    /// The mean of a centred column by cluster, centred again; the column itself where units are independent.
    func clusterMeans(_ column: [Float]) -> [Float] {
        guard let runs = units.clusterRuns(in: 0..<unitCount) else { return column }
        let means = runs.ranges.map { run in run.reduce(0.0) { $0 + Double(column[$1]) } / Double(run.count) }
        let centre = means.reduce(0, +) / Double(max(1, means.count))
        return means.map { Float($0 - centre) }
    }
}

extension Units {
    /// The clusters of a range of units; nil where units are independent.
    package func clusterRuns(in range: Range<Int>) -> ClusterRuns? {
        clusters.map { ClusterRuns($0, units: range) }
    }

    /// The variance of a sum whose terms are the influences of the units of a range: the sum of their squares, by clusters where
    /// there are any (Liang & Zeger 1986).
    /// - Parameter influence: of each unit of the range, in order; they sum to about 0.
    package func variance(ofSum influence: [Double], over range: Range<Int>) -> Double {
        guard let runs = clusterRuns(in: range) else { return influence.reduce(0) { $0 + $1 * $1 } }
        let squares = runs.ranges.reduce(0.0) { total, run in
            let sum = run.reduce(0) { $0 + influence[$1 - range.lowerBound] }
            return total + sum * sum
        }
        return runs.correction * squares
    }
}
