import Runtime
import Texts

/// What joining the files showed: units without rows, rows without units, labels from after exposure.
enum JoinCheck {
    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        reading.notes.joins.map { match($0, first: reading.experiment.spec.data) }
            + reading.notes.joins.compactMap(broken)
            + unexposed(reading) + labels(reading)
    }

    /// Where units without a row in a joined file leave an outcome missing and no rule says what then, the join is what is
    /// wrong.
    /// - Throws: `EspalierError(.data)` that says what the join found.
    static func refuseUnmatched(_ joins: [JoinNotes], spec: ExperimentSpec, table: Table, file: String) throws {
        guard
            let worst = joins.filter({ $0.matchedUnits < $0.unitCount && $0.strayRows > 0 })
                .max(by: { $0.strayRows < $1.strayRows })
        else { return }
        let isLacking = spec.outcomes.contains { outcome in
            outcome.missing == nil
                && outcome.source.columns.contains { name in
                    table.texts(name).file.hasSuffix(worst.file) && table.numbers(name).contains(where: \.isNaN)
                }
        }
        guard isLacking else { return }
        let without = worst.unitCount - worst.matchedUnits
        throw EspalierError(
            .data,
            "\(HealthText.count(without, "unit")) of \(spec.data) \(without == 1 ? "has" : "have") no row in \(worst.file), and "
                + "\(HealthText.count(worst.strayRows, "row")) there \(worst.strayRows == 1 ? "is" : "are") of units that "
                + "\(spec.data) lacks"
                + (worst.otherSpelling.map { spelling in
                    ": \(DisplayText.quoted(spelling.here)) where \(spec.data) has \(DisplayText.quoted(spelling.first))"
                } ?? ""),
            file: file,
            remedy: worst.otherSpelling == nil
                ? "find out why, then say missing: drop or missing: zero in the outcome's spec"
                : "write the ids in one way in both files")
    }

    private static func match(_ join: JoinNotes, first: String) -> HealthFinding {
        let without = join.unitCount - join.matchedUnits
        let details = [
            HealthFinding.Detail("rows", Double(join.rowCount)),
            HealthFinding.Detail("units without a row", Double(without)),
            HealthFinding.Detail("rows of other units", Double(join.strayRows)),
            HealthFinding.Detail("rows left out as late", join.leavesLateRowsOut ? Double(join.lateRows) : 0),
        ]
        var parts = ["\(join.file): \(HealthText.count(join.rowCount, "row"))"]
        parts.append(
            without == 0
                ? "every unit of \(first) has one" + (join.leavesLateRowsOut ? " or more" : "")
                : "\(HealthText.count(without, "unit")) of \(HealthText.count(join.unitCount)) in \(first) "
                    + "\(without == 1 ? "has" : "have") none")
        if join.strayRows > 0 { parts.append("\(HealthText.count(join.strayRows)) are of units that \(first) lacks") }
        if let spelling = join.otherSpelling { parts.append(spelling.sentence(first: first)) }
        if join.leavesLateRowsOut, join.lateRows > 0 {
            parts.append("\(HealthText.count(join.lateRows)) dated on or after exposure were left out")
        }
        if join.outsideRows > 0 {
            parts.append("\(HealthText.count(join.outsideRows)) outside the window from exposure on were left out")
        }
        let isMostlyEmpty = 2 * without > join.unitCount
        let isDoubtful = isMostlyEmpty || join.otherSpelling != nil
        return HealthFinding(
            .joins, isDoubtful ? .warning : parts.count > 2 || without > 0 ? .note : .ok,
            parts.joined(separator: ", "),
            remedy: isDoubtful ? "check which column is the key, and how the ids are written" : nil, details: details
        )
    }

    /// Levels of events that no outcome stands for.
    private static func broken(_ join: JoinNotes) -> HealthFinding? {
        guard let own = join.breakdown else { return nil }
        let column = DisplayText.quoted(own.column)
        let share = Double(own.otherRows) / Double(max(1, own.rows))
        return HealthFinding(
            .joins, own.otherRows == 0 ? .ok : .note,
            "\(join.file): \(own.used) of \(HealthText.count(own.levels, "level")) of \(column) \(own.used == 1 ? "has" : "have") "
                + "an outcome or covariate of \(own.used == 1 ? "its" : "their") own"
                + (own.largestOther.map {
                    ", and \(HealthText.percent(share)) of the rows are of others, most of \(DisplayText.quoted($0))"
                }
                    ?? ""),
            remedy: own.largestOther.map {
                "add it to the outcome's levels if it matters: levels: [\(YAMLText.scalar($0))]"
            },
            details: [
                HealthFinding.Detail("levels", Double(own.levels)),
                HealthFinding.Detail("rows of other levels", Double(own.otherRows)),
            ])
    }

    /// Units that were assigned and, by the column of exposure, never exposed.
    private static func unexposed(_ reading: ExperimentReading) -> [HealthFinding] {
        guard let notes = reading.notes.exposures, notes.unexposed > 0 else { return [] }
        let count = notes.unexposed
        return [
            HealthFinding(
                .joins, .note,
                "\(HealthText.count(count, "unit")) of \(HealthText.count(notes.units)) \(count == 1 ? "was" : "were") assigned "
                    + "but never exposed: with them effects are those of being assigned (intention to treat)",
                remedy:
                    "leave them out for the effects on exposed units (triggered analysis), if exposure does not depend on "
                    + "the arm",
                details: [HealthFinding.Detail("units never exposed", Double(count))])
        ]
    }

    private static func labels(_ reading: ExperimentReading) -> [HealthFinding] {
        let dated = zip(reading.notes.joins, reading.experiment.spec.join?.files ?? []).filter {
            $1.date != nil && $1.window == nil
        }
        guard !dated.isEmpty else { return [] }
        let late = dated.map(\.0).filter { !$0.leavesLateRowsOut && $0.lateRows > 0 }
        guard let worst = late.max(by: { $0.lateRows < $1.lateRows }), let example = worst.lateExample else {
            return [HealthFinding(.lateLabels, .ok, "every label in use dates from before its unit's exposure")]
        }
        return [
            HealthFinding(
                .lateLabels, .blocking,
                "\(HealthText.count(worst.lateRows, "label")) of \(worst.file) \(worst.lateRows == 1 ? "dates" : "date") from on "
                    + "or after exposure, first on line \(example.line): \(example.date), exposed \(example.exposure)",
                remedy: "take the labels of the day before exposure",
                details: [HealthFinding.Detail("late labels", Double(late.reduce(0) { $0 + $1.lateRows }))])
        ]
    }
}
