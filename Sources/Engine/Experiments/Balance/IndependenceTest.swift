import Runtime
import Statistics

/// A test that features of the units are independent of their arms, against the randomisation itself: the units and their
/// features are fixed, only the arms are random, so neither normality nor equal variances are assumed.
///
/// With equal shares for all units it is the permutation test of the features' sums by arm: with ranks as the feature it is
/// Kruskal and Wallis's (1952), with indicators of levels Pearson's chi-square of the table times (N - 1)/N. Where
/// propensities vary by unit the sums of (1[T = a] - e_a) f are held against the covariance that the propensities give them.
package struct IndependenceTest: Sendable, Equatable, Codable {
    package let statistic: Double
    package let degreesOfFreedom: Int
    package let p: Double
    /// Units it was computed from.
    package let unitCount: Int

    package init(statistic: Double, degreesOfFreedom: Int, p: Double, unitCount: Int) {
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
        self.p = p
        self.unitCount = unitCount
    }
}

extension IndependenceTest {
    /// - Parameters:
    ///   - features: one column of centred values per feature; dependent ones count once.
    ///   - assignment: the arm of each unit.
    /// - Returns: nil where no feature varies, or there are fewer than five units for each of them.
    /// - Complexity: O(units x features^2), times arms^2 where propensities vary; parallel over features.
    static func run(
        _ features: [[Float]], assignment: [UInt8], propensity: Propensity, armCount: Int, workers: Workers
    ) throws -> IndependenceTest? {
        let units = assignment.count
        guard !features.isEmpty, features.count * 5 <= units else { return nil }
        let found: (statistic: Double, rank: Int)
        switch propensity {
        case .shares:
            found = try permutation(features, assignment: assignment, armCount: armCount, workers: workers)
        case .columns(let columns):
            found = try randomisation(features, assignment: assignment, propensities: columns, workers: workers)
        }
        guard found.rank > 0 else { return nil }
        return IndependenceTest(
            statistic: found.statistic, degreesOfFreedom: found.rank,
            p: ChiSquare.survival(found.statistic, degreesOfFreedom: Double(found.rank)), unitCount: units)
    }

    /// Given the arms' counts: Cov(S_a, S_b) = (N_a [a = b] - N_a N_b / N) G / (N - 1), with G the features' sums of
    /// products; the generalised inverse over arms is diag(1 / N_a).
    private static func permutation(
        _ features: [[Float]], assignment: [UInt8], armCount: Int, workers: Workers
    ) throws -> (Double, Int) {
        var counts = [Double](repeating: 0, count: armCount)
        for arm in assignment { counts[Int(arm)] += 1 }
        let products = ReducedCholesky(try ColumnProducts.gram(features, features, workers: workers))
        let sums = try workers.map(features.count) { index -> [Double] in
            var sums = [Double](repeating: 0, count: armCount)
            for (value, arm) in zip(features[index], assignment) { sums[Int(arm)] += Double(value) }
            return sums
        }
        let right = (0..<armCount).filter { counts[$0] > 0 }.map { arm in
            sums.map { $0[arm] / counts[arm].squareRoot() }
        }
        let form = right.reduce(0) { $0 + products.quadraticForm($1) }
        return (form * Double(assignment.count - 1), products.rank * (right.count - 1))
    }

    /// Each unit's arm drawn by its own propensities; control's sum follows from the others'.
    private static func randomisation(
        _ features: [[Float]], assignment: [UInt8], propensities: [[Float]], workers: Workers
    ) throws -> (Double, Int) {
        let width = features.count
        let arms = propensities.count - 1
        var covariance = [[Double]](repeating: [Double](repeating: 0, count: width * arms), count: width * arms)
        for a in 0..<arms {
            for b in 0...a {
                let (own, other) = (propensities[a + 1], propensities[b + 1])
                let weighted = try workers.map(width) { index -> [Float] in
                    features[index].indices.map { unit in
                        let weight = (a == b ? own[unit] : 0) - own[unit] * other[unit]
                        return weight * features[index][unit]
                    }
                }
                let block = try ColumnProducts.gram(weighted, features, workers: workers)
                for i in 0..<width {
                    for j in 0..<width {
                        covariance[a * width + i][b * width + j] = block[i][j]
                        covariance[b * width + j][a * width + i] = block[i][j]
                    }
                }
            }
        }
        let sums = try workers.map(arms * width) { index -> Double in
            let (arm, feature) = (index / width + 1, features[index % width])
            let own = propensities[arm]
            var sum = 0.0
            for unit in assignment.indices {
                sum += Double(feature[unit]) * ((Int(assignment[unit]) == arm ? 1 : 0) - Double(own[unit]))
            }
            return sum
        }
        let cholesky = ReducedCholesky(covariance)
        return (cholesky.quadraticForm(sums), cholesky.rank)
    }
}
