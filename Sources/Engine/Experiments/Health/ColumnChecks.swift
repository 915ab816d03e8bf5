import Texts

/// Whether outcomes and covariates vary at all, and whether covariates kept their levels.
enum ColumnChecks {
    /// - Parameter whole: what is known of all units where those read are a sample.
    static func examine(_ reading: ExperimentReading, whole: WholeCounts? = nil) -> [HealthFinding] {
        outcomes(reading.experiment, units: whole?.units.reduce(0, +) ?? Double(reading.experiment.unitCount))
            + FewEvents.examine(reading.observed) + covariates(reading)
            + [levels(reading)]
    }

    private static func outcomes(_ experiment: Experiment, units: Double) -> [HealthFinding] {
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
            if let clipped = clippedToConstant(name, experiment, units: units, isObjective: isObjective) {
                return clipped
            }
            return HealthFinding(
                .outcomes, isObjective ? .blocking : .warning,
                "the outcome \(DisplayText.quoted(name)) has the same value for all units of the tune split",
                remedy: isObjective ? "put an outcome first that varies" : "leave it out or check its column",
                preventsFit: isObjective)
        }
    }

    /// Where winsorising has made an outcome constant.
    private static func clippedToConstant(
        _ name: String, _ experiment: Experiment, units: Double, isObjective: Bool
    ) -> HealthFinding? {
        guard let outcome = experiment.outcomes.first(where: { $0.name == name }),
            let winsorizing = outcome.winsorizing,
            winsorizing.low == winsorizing.high, winsorizing.clippedCount > 0
        else { return nil }
        let kept = (units - Double(winsorizing.clippedCount)) / max(1, units)
        return HealthFinding(
            .outcomes, isObjective ? .blocking : .warning,
            "winsorize: \(winsorizing.quantile) clips every value of \(DisplayText.quoted(name)) to "
                + "\(HealthText.significant(winsorizing.low)), because \(HealthText.percent(kept)) of the units have that value",
            remedy: "write a higher quantile, such as winsorize: 0.999, or remove it",
            details: [HealthFinding.Detail("clipped units", Double(winsorizing.clippedCount))],
            preventsFit: isObjective)
    }

    private static func covariates(_ reading: ExperimentReading) -> [HealthFinding] {
        let experiment = reading.experiment
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
        let count = HealthText.count(experiment.covariates.count, "covariate")
        let kinds = kinds(reading)
        guard findings.isEmpty else { return findings + [HealthFinding(.covariates, .ok, "\(count): \(kinds)")] }
        return [HealthFinding(.covariates, .ok, "\(count) looked at, and each varies: \(kinds)")]
    }

    /// What each covariate was read as: "age numeric, country 4 levels and 12 missing ("NA")".
    private static func kinds(_ reading: ExperimentReading) -> String {
        let notes = Dictionary(
            reading.notes.columns.filter { !$0.isOutcome }.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first })
        return zip(reading.experiment.covariates, reading.notes.missingCovariates).map { covariate, missing in
            let kind =
                switch covariate.encoding {
                case .numeric: "numeric"
                case .categorical(let levels):
                    HealthText.count(
                        reading.notes.levelsPastLimit.first { $0.covariate == covariate.name }?.levels ?? levels.count,
                        "level")
                }
            let texts = notes[covariate.name]?.missingTexts.map { DisplayText.quoted($0) } ?? []
            let written = texts.isEmpty ? "" : " (\(texts.joined(separator: ", ")))"
            let lacking = missing.total > 0 ? " and \(HealthText.count(missing.total)) missing\(written)" : ""
            return "\(DisplayText.escaped(covariate.name)) \(kind)\(lacking)"
        }.joined(separator: ", ")
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
