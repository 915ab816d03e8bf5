import Runtime

/// pi(i given x): the probability of every arm for each unit of a range, in canonical order.
///
/// Units refer to distributions that they share: a policy that gives one arm to a unit needs one distribution an arm, a
/// policy that splits cohorts one a cohort, and only a policy that treats no two units alike needs one a unit.
package struct ArmProbabilities: Sendable, Equatable {
    package let armCount: Int
    /// Distributions one after another, `armCount` probabilities each, control's first.
    package let distributions: [Double]
    /// The distribution of each unit.
    package let indices: [UInt32]

    /// How far the sum of a distribution may be from 1.
    static let tolerance = 1e-9

    /// - Parameters:
    ///   - distributions: the probabilities of every arm, control's first.
    ///   - indices: the distribution of each unit.
    /// - Throws: `EspalierError` (.data) where a distribution is none: a probability outside 0...1, or a sum other than 1.
    package init(distributions: [[Double]], indices: [UInt32]) throws {
        let arms = distributions.first?.count ?? 0
        precondition(distributions.allSatisfy { $0.count == arms })
        precondition(indices.allSatisfy { Int($0) < distributions.count })
        for distribution in distributions {
            let sum = distribution.reduce(0, +)
            guard distribution.allSatisfy({ (0...1).contains($0) }), abs(sum - 1) <= Self.tolerance else {
                throw EspalierError(
                    .data, "the probabilities of the arms are \(distribution), which sum to \(sum)",
                    remedy: "give every arm a probability from 0 to 1, and the arms of a unit a sum of 1")
            }
        }
        armCount = arms
        self.distributions = distributions.flatMap { $0 }
        self.indices = indices
    }

    /// One arm for each unit, for certain.
    package init(assignment: [UInt8], armCount: Int) {
        precondition(assignment.allSatisfy { Int($0) < armCount })
        self.armCount = armCount
        distributions = (0..<armCount).flatMap { given in (0..<armCount).map { $0 == given ? 1 : 0 } }
        indices = assignment.map { UInt32($0) }
    }

    package var unitCount: Int { indices.count }

    /// The share of units that get each arm.
    package var meanProbabilities: [Double] {
        var counts = [Double](repeating: 0, count: distributions.count / max(1, armCount))
        for index in indices { counts[Int(index)] += 1 }
        return (0..<armCount).map { arm in
            counts.indices.reduce(0) { $0 + counts[$1] * distributions[$1 * armCount + arm] }
                / Double(max(1, unitCount))
        }
    }

    /// The probability that a unit, counted from the first of the range, gets an arm.
    package func probability(of arm: Int, unit: Int) -> Double { distributions[Int(indices[unit]) * armCount + arm] }
}
