import Texts

/// Whether each unit stands once, in one arm, and each arm has enough of them.
enum UnitChecks {
    /// Fewer units than this in an arm's tune split leave nothing to estimate with.
    private static let fewestUnits = 2
    /// Fewer than this make estimates by fold and arm meaningless in practice.
    private static let fewUnits = 50

    /// - Parameter whole: what is known of all units, where those read are a sample.
    static func examine(_ reading: ExperimentReading, whole: WholeCounts? = nil) -> [HealthFinding] {
        [duplicates(reading)] + [ruinedIds(reading)].compactMap { $0 } + arms(reading)
            + sizes(reading.experiment, whole)
    }

    private static func duplicates(_ reading: ExperimentReading) -> HealthFinding {
        if let log = reading.notes.exposures, log.isLog { return exposures(log, reading.experiment.spec) }
        let found = reading.notes.duplicates
        if case .row = reading.experiment.spec.unit {
            return HealthFinding(
                .duplicateUnits, .note, "duplicate units were not checked: each row counts as a unit",
                remedy: "name the column of unit ids under unit, if there is one")
        }
        guard found.units > 0 else {
            return HealthFinding(
                .duplicateUnits, .ok, "each of \(HealthText.count(reading.experiment.unitCount, "unit")) has one row")
        }
        let places = found.examples.map { example in
            "\(DisplayText.quoted(example.unit)) on lines \(example.lines.map { "\($0)" }.joined(separator: " and "))"
        }
        let several =
            found.unitsInSeveralArms > 0
            ? ", \(HealthText.count(found.unitsInSeveralArms)) of them in more than one arm" : ""
        return HealthFinding(
            .duplicateUnits, .blocking,
            "\(HealthText.count(found.units, "unit")) \(found.units == 1 ? "has" : "have") more than one row\(several): "
                + places.joined(separator: ", "),
            remedy: "give one row per randomisation unit, or name the right unit column",
            details: [
                HealthFinding.Detail("units", Double(found.units)),
                HealthFinding.Detail("extraRows", Double(found.extraRows)),
                HealthFinding.Detail("unitsInSeveralArms", Double(found.unitsInSeveralArms)),
            ], preventsFit: true)
    }

    /// What became of the rows of an exposure log.
    private static func exposures(_ log: ExposureNotes, _ spec: ExperimentSpec) -> HealthFinding {
        var parts = [
            "\(HealthText.count(log.rows, "row")) of \(spec.data) are of \(HealthText.count(log.units, "unit")), each by its first "
                + "exposure"
        ]
        if log.earlyRows > 0 {
            parts.append(
                "\(HealthText.count(log.earlyRows, "row")) from before it \(log.earlyRows == 1 ? "does" : "do") not count"
            )
        }
        if log.lateRows > 0 {
            parts.append(
                "\(HealthText.count(log.lateRows, "row")) past the window from it on \(log.lateRows == 1 ? "does" : "do") not count"
            )
        }
        if log.neverExposed > 0 {
            parts.append(
                "\(HealthText.count(log.neverExposed, "unit")) that no row gives an arm \(log.neverExposed == 1 ? "is" : "are") left out"
            )
        }
        let count = log.crossovers
        if let line = log.crossoverLine {
            parts.append(
                "\(HealthText.count(count, "unit")) seen in several arms, first on line \(line), \(count == 1 ? "is" : "are") "
                    + (log.leavesCrossoversOut ? "left out" : "in the way"))
        }
        let isBlocking = count > 0 && !log.leavesCrossoversOut
        return HealthFinding(
            .duplicateUnits, isBlocking ? .blocking : count > 0 ? .warning : .ok, parts.joined(separator: ", "),
            remedy: isBlocking
                ? "write crossovers: drop in the file's entry under data to leave them out, and find out why they changed arms"
                : count > 0
                    ? "find out why they changed arms: leaving them out is harmless only if no arm drives units to another"
                    : nil,
            details: [
                HealthFinding.Detail("rows", Double(log.rows)), HealthFinding.Detail("units", Double(log.units)),
                HealthFinding.Detail("crossovers", Double(count)),
                HealthFinding.Detail("rows before exposure", Double(log.earlyRows)),
                HealthFinding.Detail("rows past the window", Double(log.lateRows)),
            ], preventsFit: isBlocking)
    }

    /// Ids that were written as rounded numbers.
    private static func ruinedIds(_ reading: ExperimentReading) -> HealthFinding? {
        guard let ruined = reading.notes.ruinedIds else { return nil }
        return HealthFinding(
            .duplicateUnits, .warning,
            "\(HealthText.count(ruined.rows, "id")) of \(DisplayText.quoted(ruined.text)) "
                + "\(ruined.rows == 1 ? "is" : "are") written as 1.23E+12, first on line \(ruined.line): a spreadsheet has rounded "
                + "them",
            remedy: "export the ids again as text, without opening the file in a spreadsheet",
            details: [HealthFinding.Detail("ids", Double(ruined.rows))])
    }

    private static func arms(_ reading: ExperimentReading) -> [HealthFinding] {
        let experiment = reading.experiment
        let pairs = IdSpelling.pairs(in: experiment.arms + experiment.otherArms.map(\.name)).map { one, other in
            HealthFinding(
                .arms, .warning,
                "\(DisplayText.quoted(one)) and \(DisplayText.quoted(other)) look like one arm written in two ways",
                remedy: "write it one way in all rows, or leave one of them out under treatment.arms with others: drop")
        }
        let names = HealthText.names(experiment.arms)
        guard reading.notes.armsAreDeclared else {
            return pairs + [
                HealthFinding(
                    .arms, .note, "the arms are those found in the data, none being declared: \(names)",
                    remedy: "list treatment.arms, so that a stray value is noticed")
            ]
        }
        guard experiment.otherArms.isEmpty else {
            let rows = experiment.otherArms.reduce(0) { $0 + $1.count }
            let others = HealthText.names(experiment.otherArms.map(\.name))
            return pairs + [
                HealthFinding(
                    .arms, .note,
                    "\(HealthText.count(rows, "row")) of other arms than \(names) \(rows == 1 ? "is" : "are") left out: \(others)",
                    remedy: "see that leaving them out is what was planned",
                    details: experiment.otherArms.map { HealthFinding.Detail($0.name, Double($0.count)) })
            ]
        }
        return pairs + [HealthFinding(.arms, .ok, "every row has one of the declared arms \(names)")]
    }

    private static func sizes(_ experiment: Experiment, _ whole: WholeCounts?) -> [HealthFinding] {
        var tune = Array(repeating: 0, count: experiment.arms.count)
        var all = tune
        for (unit, arm) in experiment.assignment.enumerated() {
            all[Int(arm)] += 1
            if unit < experiment.tuneCount { tune[Int(arm)] += 1 }
        }
        if let whole {
            all = whole.units.map { Int($0) }
            tune = whole.tuneUnits.map { Int($0) }
        }
        let details = experiment.arms.indices.map { HealthFinding.Detail(experiment.arms[$0], Double(all[$0])) }
        var findings: [HealthFinding] = []
        func report(_ counts: [Int], split: String, _ severity: HealthFinding.Severity, below limit: Int) -> Bool {
            let small = experiment.arms.indices.filter { counts[$0] < limit }
            guard let smallest = small.min(by: { counts[$0] < counts[$1] }) else { return false }
            findings.append(
                HealthFinding(
                    .armSizes, severity,
                    "the arm \(DisplayText.quoted(experiment.arms[smallest])) has only "
                        + "\(HealthText.count(counts[smallest], "unit")) in the \(split) split"
                        + (small.count > 1 ? ", and \(small.count - 1) more arms have too few" : ""),
                    remedy: severity == .blocking
                        ? "collect more units, or leave the arm out: list the others under treatment.arms with others: drop"
                        : "read its effects with care or collect more units",
                    details: details, preventsFit: severity == .blocking))
            return true
        }
        let isTooSmall =
            report(tune, split: "tune", .blocking, below: fewestUnits)
            || report(tune, split: "tune", .warning, below: fewUnits)
        let confirm = zip(all, tune).map { $0 - $1 }
        let confirmIsSmall =
            experiment.splitRule.confirmShare > 0 && !isTooSmall
            && report(confirm, split: "confirm", .warning, below: fewUnits)
        if !isTooSmall, !confirmIsSmall {
            let counts = experiment.arms.indices.map { index in
                "\(DisplayText.quoted(experiment.arms[index])) \(HealthText.count(all[index]))"
            }
            findings.append(
                HealthFinding(
                    .armSizes, .ok,
                    "every arm has at least \(fewUnits) units in each split: " + counts.joined(separator: ", "),
                    details: details))
        }
        return findings
    }
}
