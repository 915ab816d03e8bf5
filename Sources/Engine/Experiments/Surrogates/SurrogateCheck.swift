import Statistics

/// What an arm of a past experiment did to the long-term outcome, beside what the index says that it did: where surrogates carry the
/// whole effect, both are the same but for chance (METHODS 8.7).
///
/// A pass is no proof. At size .05 the check has a power of .56 to .91 for a direct effect of a tenth of a deviation, and of .10 to .16
/// for a surrogate that is missing or for confounding of surrogates and outcome.
package struct SurrogateCheck: Sendable, Equatable {
    package let arm: String
    /// On the long-term outcome itself.
    package let effect: Estimate
    /// By the index.
    package let byIndex: Double
    /// What the index misses: `effect` less `byIndex`, with the error of the coefficients, which are fitted on the same units.
    package let missed: Estimate

    /// nil where the error of what is missed is 0.
    package var z: Double? {
        missed.standardError.flatMap { $0 > 0 ? missed.value / $0 : nil }
    }

    /// Whether a test at .05 finds that the index misses something.
    package var isRefused: Bool { abs(z ?? 0) > Confidence.critical }

    /// What every report of a check says beside it, without a full stop.
    package static let noProof =
        "a passed check is no proof: it finds a direct effect of a tenth of a deviation in .56 to .91 of experiments, and a "
        + "surrogate that is missing, or a common cause of surrogates and outcome, in .10 to .16"

    /// One per arm besides control; none where the history is no experiment.
    /// - Complexity: O(units x columns² x arms).
    package static func examine(_ index: SurrogateIndex, _ history: SurrogateHistory) -> [SurrogateCheck] {
        guard !history.arms.isEmpty else { return [] }
        let centred = zip(history.columns, index.rule.centres).map { column, centre in column.map { $0 - centre } }
        let design = SurrogateIndex.design(centred, Array(0..<history.count))
        let said = index.rule.values(history.columns)
        let residuals = zip(history.outcome, said).map { $0 - $1 }
        let correction = Double(history.count) / Double(history.count - design.columnCount)
        return history.armNames.indices.dropFirst().compactMap { arm in
            let counts = (history.arms.count { $0 == arm }, history.arms.count { $0 == 0 })
            guard counts.0 > 1, counts.1 > 1 else { return nil }
            let contrast = history.arms.map { own in
                own == arm ? 1 / Double(counts.0) : own == 0 ? -1 / Double(counts.1) : 0
            }
            func difference(_ values: [Double]) -> Double {
                zip(contrast, values).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let missed = difference(residuals)
            // A unit moves what is missed by the part of its contrast that the columns do not explain.
            guard let explained = LinearRegression(design, contrast) else { return nil }
            let fitted = design * explained.coefficients
            var variance = 0.0
            for row in residuals.indices {
                let influence = (contrast[row] - fitted[row]) * residuals[row]
                variance += influence * influence
            }
            var (own, control) = (Moments(), Moments())
            for (value, unit) in zip(history.outcome, history.arms) {
                if unit == arm { own.add(value) } else if unit == 0 { control.add(value) }
            }
            let spread = own.variance / Double(own.count) + control.variance / Double(control.count)
            return SurrogateCheck(
                arm: history.armNames[arm],
                effect: Estimate(value: difference(history.outcome), standardError: spread.squareRoot()),
                byIndex: difference(said),
                missed: Estimate(value: missed, standardError: (correction * variance).squareRoot()))
        }
    }
}
