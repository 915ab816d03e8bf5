import Statistics

/// How likely each arm is to be the best for everybody, on the utility of some weights: what Thompson sampling gives it (METHODS 8.6).
/// Every arm keeps a floor, so that no arm is ever ruled out and every propensity stays away from 0.
package struct ThompsonShares: Sendable, Equatable {
    /// By arm, control first; 1 together.
    package let shares: [Double]

    /// Least share of an arm, where there are few enough of them.
    package static let floor = 0.03

    private static let draws = 10_000

    /// - Parameters:
    ///   - differences: utilities of the arms after control less control's, with their covariance.
    ///   - seed: of the draws from their posterior, which is normal about the estimates.
    package init(_ differences: JointEstimates, seed: UInt64) {
        let factor = SemidefiniteFactor(differences.covariance)
        var stream = RandomStream(seed: seed, purpose: "Thompson shares")
        var wins = [Int](repeating: 0, count: 1 + differences.count)
        for _ in 0..<Self.draws {
            let normals = (0..<factor.rank).map { _ in stream.normal() }
            let deviations = factor.rank > 0 ? factor.matrix * normals : []
            var best = (arm: 0, utility: 0.0)
            for index in 0..<differences.count {
                let utility = differences.values[index] + (deviations.isEmpty ? 0 : deviations[index])
                // Ties go to the lower arm.
                if utility > best.utility { best = (index + 1, utility) }
            }
            wins[best.arm] += 1
        }
        let least = min(Self.floor, 0.5 / Double(wins.count))
        shares = wins.map { least + (1 - least * Double(wins.count)) * Double($0) / Double(Self.draws) }
    }
}

extension PolicyEvaluator {
    /// The shares of the arms by what each does for everybody in this split.
    /// - Parameter weights: by outcome, of the canonical policy, on oriented differences.
    /// - Returns: nil for estimators without an error.
    package func thompsonShares(weights: [Double], seed: UInt64) -> ThompsonShares? {
        precondition(weights.count == space.outcomeCount)
        let arms = Array(1..<space.armCount)
        let everybody = arms.map { [UInt8](repeating: UInt8($0), count: units.count) }
        guard let joint = jointDifferences(ofAssignments: everybody) else { return nil }
        let slopes = zip(weights, space.outcomes).map { $0 * $1.sign }
        func combined(_ figure: (Int) -> Double, of policy: Int) -> Double {
            slopes.indices.reduce(0) { $0 + slopes[$1] * figure(joint.index(policy: policy, outcome: $1)) }
        }
        let utilities = arms.indices.map { combined({ joint.absolute.values[$0] }, of: $0) }
        let covariance = DenseMatrix(rowCount: arms.count, columnCount: arms.count) { row, column in
            combined({ term in combined({ joint.absolute.covariance[term, $0] }, of: column) }, of: row)
        }
        return ThompsonShares(JointEstimates(values: utilities, covariance: covariance), seed: seed)
    }
}
