import Foundation
import Texts

/// Whether outcomes are measured on the unit that was randomised.
enum MetricUnitCheck {
    static func examine(_ reading: ExperimentReading) -> HealthFinding {
        let spec = reading.experiment.spec
        if let repeated = reading.notes.repeatedIds {
            return HealthFinding(
                .metricUnit, .warning,
                "each row counts as a unit, but \(DisplayText.quoted(repeated.column)) has only "
                    + "\(HealthText.count(repeated.distinct)) values in \(HealthText.count(repeated.rows, "row")): if it is what "
                    + "was randomised, rows are not independent and every interval is too narrow",
                remedy: "write cluster: \(repeated.column) in the spec, or give one row per randomisation unit",
                details: [
                    HealthFinding.Detail("values", Double(repeated.distinct)),
                    HealthFinding.Detail("rows", Double(repeated.rows)),
                ])
        }
        if let shared = reading.notes.sharedArms { return together(shared, spec) }
        if let runs = reading.experiment.units.clusterRuns(in: 0..<reading.experiment.unitCount) {
            return clusters(runs, reading.experiment)
        }
        if let moved = reading.notes.denominators.first(where: isMoved) { return denominator(moved, reading) }
        let ratios = spec.outcomes.compactMap { outcome -> String? in
            if case .ratio(_, let denominator) = outcome.source {
                "\(DisplayText.quoted(outcome.name)) (by \(DisplayText.quoted(denominator)))"
            } else {
                nil
            }
        }
        guard ratios.isEmpty else {
            return HealthFinding(
                .metricUnit, .ok,
                "\(ratios.joined(separator: ", ")) \(ratios.count == 1 ? "has" : "have") another unit than was randomised, and "
                    + "\(ratios.count == 1 ? "is" : "are") linearised so that errors are those of the randomisation unit"
            )
        }
        return HealthFinding(.metricUnit, .ok, "every outcome has one value for each randomisation unit")
    }

    /// Fewer effective clusters for each arm leave errors by clusters rough.
    private static let fewClusters = 20.0

    /// Units whose clusters the spec names.
    private static func clusters(_ runs: ClusterRuns, _ experiment: Experiment) -> HealthFinding {
        let column = DisplayText.quoted(experiment.spec.cluster ?? "")
        let isFew = runs.effectiveCount < fewClusters * Double(experiment.arms.count)
        return HealthFinding(
            .metricUnit, isFew ? .note : .ok,
            "units come in \(HealthText.count(runs.count, "cluster")) of \(column), which tell as much as "
                + "\(HealthText.count(Int(runs.effectiveCount.rounded()))) of one size: splits and errors are by clusters",
            remedy: isFew
                ? "read intervals as rough: fewer than \(Int(fewClusters)) clusters an arm say little of how "
                    + "they vary" : nil,
            details: [
                HealthFinding.Detail("clusters", Double(runs.count)),
                HealthFinding.Detail("effectiveClusters", runs.effectiveCount),
            ])
    }

    /// Units that got their arms together.
    private static func together(_ shared: SharedArms, _ spec: ExperimentSpec) -> HealthFinding {
        let column = DisplayText.quoted(shared.column)
        let which =
            shared.divided == 0
            ? "none of the \(HealthText.count(shared.groups)) with several has two arms"
            : "\(HealthText.count(shared.groups - shared.divided)) of the \(HealthText.count(shared.groups)) with several have one "
                + "arm"
        return HealthFinding(
            .metricUnit, .warning,
            "\(column) has only \(HealthText.count(shared.distinct)) values in \(HealthText.count(shared.rows, "row")), and \(which): "
                + "if it is what was randomised, units are not independent and every interval is too narrow",
            remedy: "write cluster: \(shared.column) in the spec: splits and errors are by clusters then",
            details: [
                HealthFinding.Detail("values", Double(shared.distinct)),
                HealthFinding.Detail("rows", Double(shared.rows)),
                HealthFinding.Detail("values of several arms", Double(shared.divided)),
            ])
    }

    /// Denominators that arms change by more than this make linearised effects other in size than those of the ratio.
    static let tolerance = 0.05

    private static func isMoved(_ notes: DenominatorNotes) -> Bool {
        notes.factors.contains { abs($0 - 1) > tolerance }
    }

    private static func denominator(_ notes: DenominatorNotes, _ reading: ExperimentReading) -> HealthFinding {
        let (name, column) = (DisplayText.quoted(notes.outcome), DisplayText.quoted(notes.column))
        let changes = notes.means.dropFirst().map { $0 / notes.means[0] - 1 }
        let factors = notes.factors.dropFirst()
        func percent(_ value: Double?) -> String { String(format: "%+.0f%%", 100 * (value ?? 0)) }
        func times(_ value: Double?) -> String { String(format: "%.2f", value ?? 1) }
        return HealthFinding(
            .metricUnit, .warning,
            "arms change \(column) by \(percent(changes.min())) to \(percent(changes.max())): \(name) itself moves "
                + "\(times(factors.min())) to \(times(factors.max())) times as much as its linearised effects say, with the "
                + "same sign",
            remedy:
                "read its effects per average \(column), or give numerator and denominator as outcomes of their own",
            details: zip(reading.experiment.arms, notes.factors).map { HealthFinding.Detail($0, $1) })
    }
}
