import CKernels
import Experiments
import Runtime

/// A policy's sums over every cluster of a range of units: what errors by clusters are made of.
struct ClusterSums: Sendable {
    let outcomeCount: Int
    /// Sum of v by cluster.
    let v: [Double]
    /// Sums of d and of v y, scaled, at cluster * outcomes + outcome.
    let d: [Double]
    let vy: [Double]
}

extension PolicyTable {
    /// Clusters per piece of work.
    private static let pieceClusters = 1024

    /// - Parameters:
    ///   - probabilities: of the units of the range, in order.
    ///   - limit: the correction counts where its weight is at most this (SWITCH-DR).
    ///   - runs: of the same range.
    /// - Complexity: one pass over the units' columns, and a little for every cluster.
    func clusterSums(
        of probabilities: ArmProbabilities, limit: Double, units: Range<Int>, runs: ClusterRuns, workers: Workers
    ) -> ClusterSums {
        let width = PolicySums.width(arms: armCount, outcomes: outcomeCount)
        let distributions = probabilities.distributions.map { Float($0) }
        let cut = Self.weightLimit(limit)
        let starts = Array(stride(from: 0, to: runs.count, by: Self.pieceClusters))
        // The bodies cannot fail, so neither can the map.
        let parts =
            (try? workers.map(starts.count) { index -> ClusterSums in
                let piece = runs.ranges[starts[index]..<min(starts[index] + Self.pieceClusters, runs.count)]
                var v: [Double] = []
                var d: [Double] = []
                var vy: [Double] = []
                var sums = [Double](repeating: 0, count: width)
                for run in piece {
                    for place in sums.indices { sums[place] = 0 }
                    sums.withUnsafeMutableBufferPointer { sums in
                        withKernelTable { table in
                            probabilities.indices.withUnsafeBufferPointer { rows in
                                espalier_probability_sums(
                                    table, rows.baseAddress! + (run.lowerBound - units.lowerBound), distributions, cut,
                                    0, run.lowerBound, run.count, sums.baseAddress!)
                            }
                        }
                    }
                    v.append(sums[armCount + ESPALIER_V])
                    for j in 0..<outcomeCount {
                        let group = armCount + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT
                        d.append(sums[group + ESPALIER_D])
                        vy.append(sums[group + ESPALIER_VY])
                    }
                }
                return ClusterSums(outcomeCount: outcomeCount, v: v, d: d, vy: vy)
            }) ?? []
        return ClusterSums(
            outcomeCount: outcomeCount, v: parts.flatMap(\.v), d: parts.flatMap(\.d), vy: parts.flatMap(\.vy))
    }

    /// Sums of Gamma_0 by cluster, scaled, at cluster * outcomes + outcome.
    func controlScores(runs: ClusterRuns) -> [Double] {
        runs.ranges.flatMap { run in
            (0..<outcomeCount).map { j in
                let start = (layout.control + j) * columnStride
                return columns[start + run.lowerBound..<start + run.upperBound].reduce(0.0) { $0 + Double($1) }
            }
        }
    }

    /// 1/e of the units observed in each arm, on average; 1 for arms without units.
    func meanInverse(units: Range<Int>) -> [Double] {
        if let cells { return cells.inverse }
        var (sums, counts) = ([Double](repeating: 0, count: armCount), [Double](repeating: 0, count: armCount))
        let start = layout.inverse * columnStride
        for unit in units {
            sums[Int(assignment[unit])] += Double(columns[start + unit])
            counts[Int(assignment[unit])] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 1 }
    }

    /// Weights are Float32: the largest of those that a limit allows.
    static func weightLimit(_ limit: Double) -> Float {
        let nearest = Float(limit)
        return Double(nearest) > limit ? nearest.nextDown : nearest
    }
}
