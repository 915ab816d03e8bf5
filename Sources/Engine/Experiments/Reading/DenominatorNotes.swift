/// How many units of a ratio outcome's denominator the units of each arm have, on average.
package struct DenominatorNotes: Sendable, Equatable {
    package let outcome: String
    package let column: String
    /// Over tune, by arm.
    package let means: [Double]
    /// Over all tune units: what the ratio is linearised by.
    package let mean: Double

    /// nil where an arm's denominators are not above 0 on average.
    /// - Parameters:
    ///   - sums: of the denominators over tune, by arm.
    ///   - counts: of the units of these.
    package init?(outcome: String, column: String, sums: [Double], counts: [Double]) {
        let means = zip(sums, counts).map { $0 / max(1, $1) }
        guard means.allSatisfy({ $0 > 0 }) else { return nil }
        self.outcome = outcome
        self.column = column
        self.means = means
        mean = sums.reduce(0, +) / max(1, counts.reduce(0, +))
    }

    /// By arm: what the ratio itself changes, as a multiple of its linearised effect. R - R0 = (Y - R0 X) / X, where the
    /// linearised outcome divides by the mean of X over all units.
    package var factors: [Double] { means.map { mean / $0 } }
}

extension OutcomeColumns {
    /// nil where the outcome is not a ratio, or an arm's denominators are not above 0 on average.
    func denominatorNotes(
        order: CanonicalOrder, assignment: [UInt8], armCount: Int, weights: DropOutWeights? = nil
    ) -> DenominatorNotes? {
        guard case .ratio(_, let column) = spec.source else { return nil }
        let divisors = order.gather(denominators)
        var (sums, counts) = ([Double](repeating: 0, count: armCount), [Double](repeating: 0, count: armCount))
        for (unit, value) in (weights?.completed(divisors) ?? divisors).prefix(order.tuneCount).enumerated() {
            sums[Int(assignment[unit])] += value
            counts[Int(assignment[unit])] += 1
        }
        return DenominatorNotes(outcome: spec.name, column: column, sums: sums, counts: counts)
    }
}
