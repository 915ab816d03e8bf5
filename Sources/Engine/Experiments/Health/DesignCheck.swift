/// Says, where it is so, that the arms were not randomised.
enum DesignCheck {
    static func examine(_ experiment: Experiment) -> [HealthFinding] {
        guard !experiment.spec.treatment.assignment.isRandomised else { return [] }
        let sentence = experiment.caveats.first ?? ""
        return [
            HealthFinding(
                .design, .warning, sentence,
                remedy: "read the sensitivity beside each effect: how strong an unmeasured cause would have to be",
                details: [HealthFinding.Detail("trimmed units", Double(experiment.trimmedCount))])
        ]
    }
}
