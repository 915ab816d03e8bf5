import Texts

/// Whether outcomes and covariates vary at all, and whether covariates kept their levels.
enum ColumnChecks {
    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        outcomes(reading.experiment) + covariates(reading.experiment) + [levels(reading)]
    }

    private static func outcomes(_ experiment: Experiment) -> [HealthFinding] {
        let constant = experiment.outcomes.filter { outcome in
            isConstant(outcome.observed.values[experiment.tune])
        }.map(\.name)
        guard !constant.isEmpty else {
            return [
                HealthFinding(
                    .outcomes, .ok, "every outcome varies: \(HealthText.names(experiment.outcomes.map(\.name)))")
            ]
        }
        let objective = experiment.outcomes.first?.name
        return constant.map { name in
            let isObjective = name == objective
            return HealthFinding(
                .outcomes, isObjective ? .blocking : .warning,
                "the outcome \(DisplayText.quoted(name)) has the same value for all units of the tune split",
                remedy: isObjective ? "put an outcome first that varies" : "leave it out or check its column",
                preventsFit: isObjective)
        }
    }

    private static func covariates(_ experiment: Experiment) -> [HealthFinding] {
        var empty: [String] = []
        var constant: [String] = []
        for covariate in experiment.covariates {
            if covariate.values.allSatisfy(\.isNaN) {
                empty.append(covariate.name)
            } else if isConstant(covariate.values[...]) {
                constant.append(covariate.name)
            }
        }
        var findings: [HealthFinding] = []
        if !empty.isEmpty {
            findings.append(
                HealthFinding(
                    .covariates, .warning, "no unit has a value of \(HealthText.names(empty))",
                    remedy: "check the data or leave the covariate out"))
        }
        if !constant.isEmpty {
            findings.append(
                HealthFinding(
                    .covariates, .note,
                    "all units have the same \(HealthText.names(constant)), which tells nothing apart",
                    remedy: "leave it out"))
        }
        guard findings.isEmpty else { return findings }
        let count = HealthText.count(experiment.covariates.count, "covariate")
        return [HealthFinding(.covariates, .ok, "\(count) looked at, and each varies")]
    }

    private static func levels(_ reading: ExperimentReading) -> HealthFinding {
        let limit = CovariateEncoding.levelLimit
        guard let first = reading.notes.levelsPastLimit.max(by: { $0.units < $1.units }) else {
            return HealthFinding(.levels, .ok, "no categorical covariate has more than \(limit) levels")
        }
        let others = reading.notes.levelsPastLimit.count - 1
        return HealthFinding(
            .levels, .warning,
            "the covariate \(DisplayText.quoted(first.covariate)) has \(HealthText.count(first.levels)) levels; "
                + "the \(first.kept) most frequent are kept, and for \(HealthText.count(first.units, "unit")) it is missing"
                + (others > 0 ? " (\(others) more covariates have too many levels)" : ""),
            remedy: "group its levels, or leave it out if it only says who the unit is",
            details: [
                HealthFinding.Detail("levels", Double(first.levels)),
                HealthFinding.Detail("units", Double(first.units)),
            ])
    }

    /// Whether all values that are there are equal.
    private static func isConstant(_ values: ArraySlice<Float>) -> Bool {
        guard let first = values.first(where: { !$0.isNaN }) else { return true }
        return values.allSatisfy { $0 == first || $0.isNaN }
    }
}
