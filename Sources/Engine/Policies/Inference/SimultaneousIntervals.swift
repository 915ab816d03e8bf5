import Foundation
import Statistics

/// The critical value of intervals that hold all at once with probability `level`: the quantile of max |t| over estimates
/// whose t statistics have a given correlation, by seeded draws (max-t; Hothorn, Bretz & Westfall 2008).
package struct SimultaneousIntervals: Sendable, Equatable {
    package let level: Double
    /// Standard errors to either side; at least the pointwise quantile, at most Bonferroni's but for the draws' own error.
    package let critical: Double

    package init(level: Double, critical: Double) {
        self.level = level
        self.critical = critical
    }

    package static let defaultDraws = 10_000

    /// - Parameter estimates: those with no error of their own (a policy that is control) do not count.
    /// - Complexity: O(draws x estimates x rank).
    package init(
        _ estimates: JointEstimates, level: Double = Confidence.level, draws: Int = defaultDraws, seed: UInt64 = 1
    ) {
        self.level = level
        let active = (0..<estimates.count).filter { estimates.standardError($0) > 0 }
        let errors = active.map { estimates.standardError($0) }
        let correlation = DenseMatrix(rowCount: active.count, columnCount: active.count) {
            estimates.covariance[active[$0], active[$1]] / (errors[$0] * errors[$1])
        }
        critical = Self.quantile(correlation, level: level, draws: draws, seed: seed)
    }

    /// The interval of an estimate.
    package func interval(_ estimate: Estimate) -> Interval? {
        estimate.standardError.map { Interval(estimate: estimate.value, standardError: $0, critical: critical) }
    }

    /// The level quantile of max |z|, z normal with the correlation.
    static func quantile(_ correlation: DenseMatrix, level: Double, draws: Int, seed: UInt64) -> Double {
        let pointwise = Confidence.critical(atLevel: level)
        guard correlation.rowCount > 1 else { return pointwise }
        let factor = SemidefiniteFactor(correlation)
        // One direction alone: every |z| is the same.
        guard factor.rank > 1 else { return pointwise }
        var stream = RandomStream(seed: seed, purpose: "max-t")
        var largest = (0..<draws).map { _ -> Double in
            let normals = (0..<factor.rank).map { _ in stream.normal() }
            return (factor.matrix * normals).reduce(0) { max($0, abs($1)) }
        }
        largest.sort()
        let place = min(draws - 1, Int((level * Double(draws)).rounded(.up)) - 1)
        return max(pointwise, largest[max(0, place)])
    }
}
