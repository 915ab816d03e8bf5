import Runtime
import Statistics

/// Doubly robust scores of units: what each would have brought in every arm, by models and by what was seen of it.
package struct ArmScores: Sendable {
    package let armCount: Int
    package let outcomeCount: Int
    package let unitCount: Int
    /// Unit by unit, arms x outcomes.
    private let scores: [Float]
    /// Of every arm, unit by unit: whether it could occur.
    private let possible: [Bool]

    /// - Parameters:
    ///   - arms: those observed.
    ///   - propensities: of every arm, one column each.
    ///   - means: of every arm, at arm * outcomes + outcome.
    package init(arms: [UInt8], outcomes: [[Double]], propensities: [[Float]], means: [[Float]]) {
        let (count, width, armCount) = (arms.count, outcomes.count, propensities.count)
        precondition(means.count == armCount * width)
        self.armCount = armCount
        outcomeCount = width
        unitCount = count
        var scores = [Float](repeating: 0, count: count * armCount * width)
        var possible = [Bool](repeating: false, count: count * armCount)
        for unit in 0..<count {
            let observed = Int(arms[unit])
            let start = unit * armCount * width
            for arm in 0..<armCount {
                possible[unit * armCount + arm] = propensities[arm][unit] > 0
                for outcome in 0..<width {
                    scores[start + arm * width + outcome] = means[arm * width + outcome][unit]
                }
            }
            let propensity = Double(propensities[observed][unit])
            guard propensity > 0 else { continue }
            for outcome in 0..<width {
                let index = observed * width + outcome
                let mean = Double(means[index][unit])
                scores[start + index] = Float(mean + (outcomes[outcome][unit] - mean) / propensity)
            }
        }
        self.scores = scores
        self.possible = possible
    }

    /// The outcomes of units that get these arms.
    /// - Complexity: one pass over the units; searches ask for thousands.
    package func values(_ arms: [UInt8]) -> [Double] {
        let (width, armCount) = (outcomeCount, armCount)
        var sums = [Double](repeating: 0, count: width)
        scores.withUnsafeBufferPointer { scores in
            arms.withUnsafeBufferPointer { arms in
                sums.withUnsafeMutableBufferPointer { sums in
                    for unit in arms.indices {
                        let start = (unit * armCount + Int(arms[unit])) * width
                        for outcome in 0..<width { sums[outcome] += Double(scores[start + outcome]) }
                    }
                }
            }
        }
        return sums.map { $0 / Double(max(1, unitCount)) }
    }

    /// The score of a unit in an arm.
    package func score(_ unit: Int, arm: UInt8, outcome: Int) -> Double {
        Double(scores[(unit * armCount + Int(arm)) * outcomeCount + outcome])
    }

    /// The outcomes with their errors.
    package func estimates(_ arms: [UInt8]) -> [Estimate] {
        (0..<outcomeCount).map { outcome in
            Self.estimate((0..<unitCount).map { score($0, arm: arms[$0], outcome: outcome) })
        }
    }

    /// Paired differences of two assignments.
    package func differences(_ arms: [UInt8], from others: [UInt8]) -> [Estimate] {
        (0..<outcomeCount).map { outcome in
            Self.estimate(
                (0..<unitCount).map { unit in
                    score(unit, arm: arms[unit], outcome: outcome) - score(unit, arm: others[unit], outcome: outcome)
                })
        }
    }

    /// The paired difference of a weighted sum of the outcomes.
    package func difference(_ arms: [UInt8], from others: [UInt8], weights: [Double]) -> Estimate {
        Self.estimate(
            (0..<unitCount).map { unit in
                weights.indices.reduce(0) { sum, outcome in
                    sum + weights[outcome]
                        * (score(unit, arm: arms[unit], outcome: outcome)
                            - score(unit, arm: others[unit], outcome: outcome))
                }
            })
    }

    /// Covariance of the differences of several assignments from a common one, assignments x outcomes each way.
    package func covariance(of assignments: [[UInt8]], from others: [UInt8], workers: Workers) throws -> DenseMatrix {
        let width = outcomeCount
        let columns = try workers.map(assignments.count * width) { index -> [Float] in
            let (which, outcome) = index.quotientAndRemainder(dividingBy: width)
            let values = (0..<unitCount).map { unit in
                score(unit, arm: assignments[which][unit], outcome: outcome)
                    - score(unit, arm: others[unit], outcome: outcome)
            }
            let mean = values.reduce(0, +) / Double(max(1, unitCount))
            return values.map { Float($0 - mean) }
        }
        let products = try ColumnProducts.gram(columns, columns, workers: workers)
        let scale = 1 / (Double(max(2, unitCount - 1)) * Double(max(1, unitCount)))
        return DenseMatrix(rowCount: columns.count, columnCount: columns.count) { scale * products[$0][$1] }
    }

    /// Share of the units whose arm could not occur, so that they rest on the models alone.
    package func modelShare(_ arms: [UInt8]) -> Double {
        let unseen = arms.indices.count { !possible[$0 * armCount + Int(arms[$0])] }
        return Double(unseen) / Double(max(1, unitCount))
    }

    private static func estimate(_ values: [Double]) -> Estimate {
        let moments = Moments(values)
        return Estimate(value: moments.mean, standardError: moments.standardError)
    }
}
