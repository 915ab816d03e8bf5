import Foundation
import Statistics

/// The units behind cohort effects where these stay in a warehouse: of each cohort and arm the number of units and the moments of
/// their outcomes.
package struct CohortMoments: Sendable {
    /// Units of one cohort and arm.
    package struct Group: Sendable {
        let count: Double
        let means: [Double]
        /// Mean squares around the means.
        let variances: [Double]
        /// L with L L' the covariance of the outcomes, row by row.
        let factor: [[Double]]

        /// - Parameters:
        ///   - sums: of each outcome.
        ///   - products: of outcomes j and k, in either order.
        package init(count: Double, sums: [Double], products: (Int, Int) -> Double) {
            let divisor = max(1, count)
            let means = sums.map { $0 / divisor }
            func covariance(_ j: Int, _ k: Int) -> Double { products(j, k) / divisor - means[j] * means[k] }
            var factor = sums.map { _ in [Double](repeating: 0, count: sums.count) }
            for j in sums.indices {
                for k in 0...j {
                    let rest = covariance(j, k) - (0..<k).reduce(0) { $0 + factor[j][$1] * factor[k][$1] }
                    if j == k {
                        factor[j][j] = max(0, rest).squareRoot()
                    } else {
                        factor[j][k] = factor[k][k] > 0 ? rest / factor[k][k] : 0
                    }
                }
            }
            self.count = count
            self.means = means
            variances = sums.indices.map { max(0, covariance($0, $0)) }
            self.factor = factor
        }
    }

    package let cohortCount: Int
    package let armCount: Int
    package let outcomeCount: Int
    /// At cohort * arms + arm.
    private let groups: [Group]

    package init(cohortCount: Int, armCount: Int, outcomeCount: Int, groups: [Group]) {
        precondition(groups.count == cohortCount * armCount)
        self.cohortCount = cohortCount
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.groups = groups
    }

    package var sums: CohortSums { sums { _, group in (group.count, group.means) } }

    /// What as many units drawn with replacement would give: the number of each group nearly Poisson's, their means nearly normal.
    /// Groups of a handful of units are drawn too smoothly; they are few among cohorts worth an arm of their own.
    package func resampled(_ stream: inout RandomStream) -> CohortSums {
        let drawn = groups.map { group -> (count: Double, means: [Double]) in
            let count = max(0, (group.count + group.count.squareRoot() * stream.normal()).rounded())
            let normals = group.means.map { _ in stream.normal() }
            let scale = count > 0 ? 1 / count.squareRoot() : 0
            return (
                count,
                group.means.indices.map { j in
                    group.means[j] + scale * (0...j).reduce(0) { $0 + group.factor[j][$1] * normals[$1] }
                }
            )
        }
        return sums { index, _ in drawn[index] }
    }

    private func sums(_ of: (Int, Group) -> (count: Double, means: [Double])) -> CohortSums {
        var sums = CohortSums(cohortCount: cohortCount, armCount: armCount, outcomeCount: outcomeCount)
        for cohort in 0..<cohortCount {
            for arm in 0..<armCount {
                let index = cohort * armCount + arm
                let (count, means) = of(index, groups[index])
                for j in 0..<outcomeCount {
                    sums.add(
                        count: count, mean: means[j], variance: groups[index].variances[j], outcome: j, cohort: cohort,
                        arm: arm)
                }
            }
        }
        return sums
    }
}
