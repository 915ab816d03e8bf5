/// Whether outcomes are measured on the unit that was randomised.
enum MetricUnitCheck {
    static func examine(_ reading: ExperimentReading) -> HealthFinding {
        let spec = reading.experiment.spec
        if let repeated = reading.notes.repeatedIds {
            return HealthFinding(
                .metricUnit, .warning,
                "each row counts as a unit, but \(UTF8Text.shown(repeated.column)) has only "
                    + "\(HealthText.count(repeated.distinct)) values in \(HealthText.count(repeated.rows, "row")): if it is what "
                    + "was randomised, rows are not independent and every interval is too narrow",
                remedy: "give one row per randomisation unit and name the column under unit",
                details: [
                    HealthFinding.Detail("values", Double(repeated.distinct)),
                    HealthFinding.Detail("rows", Double(repeated.rows)),
                ])
        }
        let ratios = spec.outcomes.compactMap { outcome -> String? in
            if case .ratio(_, let denominator) = outcome.source {
                "\(UTF8Text.shown(outcome.name)) (by \(UTF8Text.shown(denominator)))"
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
}
