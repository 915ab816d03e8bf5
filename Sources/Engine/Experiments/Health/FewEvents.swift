import Texts

/// Whether outcomes that are nearly always one value differ from it often enough in every arm.
enum FewEvents {
    /// Below this many events in an arm, intervals from the normal distribution mean little.
    private static let fewest = 10
    /// Arms with fewer units are told elsewhere.
    private static let fewestUnits = 20

    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        let experiment = reading.experiment
        let merged = OutlierCheck.merged(reading)
        return experiment.outcomes.compactMap { outcome in
            // Values that Float32 does not hold apart are not rare; the outlier check tells of them.
            guard !merged.contains(outcome.name) else { return nil }
            let values = outcome.observed.values
            guard !values.isEmpty else { return nil }
            // A value that most units have is the median of any few of them; a third of a thousand is enough to see it.
            let usual = values.prefix(1001).sorted()[min(1001, values.count) / 2]
            var units = Array(repeating: 0, count: experiment.arms.count)
            var events = units
            for (unit, arm) in experiment.assignment.enumerated() {
                units[Int(arm)] += 1
                if values[unit] != usual { events[Int(arm)] += 1 }
            }
            let total = events.reduce(0, +)
            let isRare = experiment.arms.indices.contains { events[$0] < fewest && units[$0] >= fewestUnits }
            guard isRare, total > 0, 2 * total < values.count else { return nil }
            let counts = experiment.arms.indices.map { "\(DisplayText.quoted(experiment.arms[$0])) \(events[$0])" }
            return HealthFinding(
                .outcomes, .note,
                "the outcome \(DisplayText.quoted(outcome.name)) has only \(HealthText.count(total, "event")), by arm "
                    + "\(counts.joined(separator: ", ")): with fewer than \(fewest) in an arm its intervals mean little",
                remedy: "collect more units, or choose an outcome that happens more often",
                details: experiment.arms.indices.map {
                    HealthFinding.Detail("events \(experiment.arms[$0])", Double(events[$0]))
                })
        }
    }
}
