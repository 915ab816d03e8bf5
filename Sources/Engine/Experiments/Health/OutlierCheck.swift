import Statistics
import Texts

/// How much of an outcome's variance a few units make.
enum OutlierCheck {
    /// The share of units looked at as extreme.
    private static let extremeShare = 0.001
    /// They are worth a note from this share of the sum of squared deviations on.
    private static let notable = 0.2
    /// One unit alone is worth a warning from this share on.
    private static let alarming = 0.05
    /// Below this many units a thousandth is nobody.
    private static let fewestUnits = 1000

    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        let experiment = reading.experiment
        let merged = merged(reading)
        let findings = experiment.outcomes.compactMap { outcome in
            examine(outcome, tune: experiment.tune, isMerged: merged.contains(outcome.name))
        }
        guard findings.isEmpty else { return findings }
        return [
            HealthFinding(
                .outliers, .ok,
                experiment.tuneCount < fewestUnits
                    ? "outliers were not looked for among fewer than \(HealthText.count(fewestUnits)) tune units"
                    : "no outcome's variance hangs on a thousandth of its units")
        ]
    }

    /// The outcomes whose values are two only because Float32 holds the others not apart.
    private static func merged(_ reading: ExperimentReading) -> Set<String> {
        let columns = Set(reading.notes.columns.filter { !$0.isHeldApart }.map(\.name))
        return Set(
            zip(reading.experiment.outcomes, reading.experiment.spec.outcomes).filter { outcome, spec in
                outcome.winsorizing == nil && spec.source.columns.contains(where: columns.contains)
            }.map(\.0.name))
    }

    /// - Parameter isMerged: whether its values are two only because Float32 holds the others not apart.
    private static func examine(_ outcome: Outcome, tune: Range<Int>, isMerged: Bool) -> HealthFinding? {
        guard isMerged || (tune.count >= fewestUnits && !isTwoValued(outcome.observed.values[tune])) else { return nil }
        var sum = 0.0
        for unit in tune { sum += Double(outcome.observed.values[unit]) }
        let mean = sum / Double(tune.count)
        let count = Int((Double(tune.count) * extremeShare).rounded(.up))
        var total = 0.0
        var extreme = LargestValues(count)
        for unit in tune {
            let deviation = Double(outcome.observed.values[unit]) - mean
            total += deviation * deviation
            extreme.take(deviation * deviation)
        }
        guard total > 0 else { return nil }
        let squares = extreme.descending()
        let share = squares.reduce(0, +) / total
        let largest = squares[0] / total
        guard share > notable || largest > alarming else { return nil }
        let details = [
            HealthFinding.Detail("share of variance of \(count) units", share),
            HealthFinding.Detail("share of variance of the most extreme unit", largest),
        ]
        return HealthFinding(
            .outliers, largest > alarming ? .warning : .note,
            "\(HealthText.percent(share)) of the variance of the outcome \(DisplayText.quoted(outcome.name)) comes from the "
                + "\(HealthText.count(count)) most extreme units, \(HealthText.percent(largest)) from one of them"
                + (outcome.winsorizing == nil ? "" : ", winsorised though it is"),
            remedy: outcome.winsorizing == nil
                ? "winsorize: 0.999 in the outcome's spec pulls them in" : "winsorize lower, or choose another outcome",
            details: details)
    }

    /// A rare event is no outlier.
    private static func isTwoValued(_ values: ArraySlice<Float>) -> Bool {
        guard let first = values.first, let other = values.first(where: { $0 != first }) else { return true }
        return values.allSatisfy { $0 == first || $0 == other }
    }
}
