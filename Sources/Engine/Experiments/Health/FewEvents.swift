import Texts

/// Whether outcomes that are nearly always one value differ from it often enough in every arm, on tune and on confirm.
enum FewEvents {
    /// Below this many events in an arm its own spread is not trusted.
    private static let fewest = 10
    /// Arms with fewer units are told elsewhere.
    private static let fewestUnits = 20

    /// Values that Float32 does not hold apart are not rare; the outlier check tells of them.
    static func examine(_ experiment: Experiment) -> [HealthFinding] {
        experiment.outcomes.compactMap { $0.isHeldApart ? finding($0, experiment) : nil }
    }

    private static func finding(_ outcome: Outcome, _ experiment: Experiment) -> HealthFinding? {
        let values = outcome.observed.values
        guard !values.isEmpty else { return nil }
        // A value that most units have is the median of any few of them; a third of a thousand is enough to see it.
        let usual = values.prefix(1001).sorted()[min(1001, values.count) / 2]
        let arms = experiment.arms.indices
        func counts(_ range: Range<Int>) -> (units: [Int], events: [Int]) {
            var (units, events) = (arms.map { _ in 0 }, arms.map { _ in 0 })
            for unit in range {
                let arm = Int(experiment.assignment[unit])
                units[arm] += 1
                if values[unit] != usual { events[arm] += 1 }
            }
            return (units, events)
        }
        let (tune, confirm) = (counts(experiment.tune), counts(experiment.confirm))
        let events = arms.map { tune.events[$0] + confirm.events[$0] }
        let isRare = [tune, confirm].contains { split in
            arms.contains { split.events[$0] < fewest && split.units[$0] >= fewestUnits }
        }
        let total = events.reduce(0, +)
        guard isRare, total > 0, 2 * total < values.count else { return nil }
        let told = arms.map { arm in
            "\(DisplayText.quoted(experiment.arms[arm])) \(events[arm])"
                + (experiment.confirm.isEmpty || events.contains { $0 < fewest }
                    ? "" : " (\(tune.events[arm]) and \(confirm.events[arm]) on tune and confirm)")
        }
        return HealthFinding(
            .outcomes, .note,
            "the outcome \(DisplayText.quoted(outcome.name)) has only \(HealthText.count(total, "event")), by arm "
                + "\(told.joined(separator: ", ")): with fewer than \(fewest) in an arm its own spread tells little, and errors are "
                + "at least those of the pooled variance",
            remedy: "collect more units, or choose an outcome that happens more often",
            details: arms.map { HealthFinding.Detail("events \(experiment.arms[$0])", Double(events[$0])) })
    }
}
