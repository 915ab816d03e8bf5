import Texts

/// Whether texts of outcomes and covariates mean what they were read as.
enum TextChecks {
    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        reading.notes.columns.flatMap { note in
            [
                marks(note), missingLevels(note), alike(note), mixed(note), written(note), quantities(note),
                dates(note), times(note), codes(note),
                sentinel(note),
            ].compactMap { $0 }
        }
    }

    private static func finding(
        _ note: ColumnNote, _ severity: HealthFinding.Severity, _ sentence: String, remedy: String,
        details: [HealthFinding.Detail] = []
    ) -> HealthFinding {
        HealthFinding(
            note.isOutcome ? .outcomes : .covariates, severity, sentence, remedy: remedy, details: details)
    }

    private static func column(_ note: ColumnNote) -> String {
        "the \(note.isOutcome ? "outcome" : "covariate") column \(DisplayText.quoted(note.name))"
    }

    /// How the column's entry in the spec should read.
    private static func entry(_ note: ColumnNote, kind: CovariateKind, _ format: TextFormat) -> String {
        note.isOutcome
            ? "text: \(format.yaml) in the outcome's spec"
            : "{column: \(YAMLText.scalar(note.name)), kind: \(kind.rawValue), text: \(format.yaml)}"
    }

    private static func listed(_ texts: [ColumnNote.TextCount]) -> String {
        texts.map { "\(DisplayText.quoted($0.text)) in \(HealthText.count($0.rows, "row"))" }.joined(separator: ", ")
    }

    /// Marks among numbers that count as missing.
    private static func marks(_ note: ColumnNote) -> HealthFinding? {
        guard let first = note.marks.min(by: { $0.line < $1.line }) else { return nil }
        let rows = note.marks.reduce(0) { $0 + $1.rows }
        return finding(
            note, .warning,
            "\(column(note)) is read as numbers with \(listed(note.marks)) of \(HealthText.count(note.rowCount)) taken for "
                + "missing, first on line \(first.line)",
            remedy:
                "write \(entry(note, kind: .numeric, TextFormat(missing: note.marks.map(\.text)))) if that is meant, "
                + (note.isOutcome ? "or correct it" : "or kind: categorical if it is a level"),
            details: [HealthFinding.Detail("missing by marks", Double(rows))])
    }

    /// NA and the like among levels.
    private static func missingLevels(_ note: ColumnNote) -> HealthFinding? {
        guard !note.missingLevels.isEmpty else { return nil }
        let rows = note.missingLevels.reduce(0) { $0 + $1.rows }
        let texts = note.missingLevels.map { DisplayText.quoted($0.text) }.joined(separator: ", ")
        return finding(
            note, .note,
            "\(column(note)): \(HealthText.count(rows, "row")) \(rows == 1 ? "holds" : "hold") \(texts), taken as missing",
            remedy: "write \(entry(note, kind: .categorical, TextFormat(missing: []))) if \(texts) is a level",
            details: [HealthFinding.Detail("rows", Double(rows))])
    }

    /// Levels that are probably one, written in two ways.
    private static func alike(_ note: ColumnNote) -> HealthFinding? {
        guard let pair = note.alikeLevels.first, let usual = pair.first, let other = pair.last else { return nil }
        let more = note.alikeCount > 1 ? ", and \(HealthText.count(note.alikeCount - 1, "more pair"))" : ""
        return finding(
            note, .warning,
            "\(column(note)) holds levels that look alike: \(DisplayText.quoted(usual.level)) in "
                + "\(HealthText.count(usual.rows, "row")) and \(DisplayText.quoted(other.level)) in "
                + "\(HealthText.count(other.rows, "row"))\(more)",
            remedy: "write one of them in all rows if they are one: each is a level of its own",
            details: [HealthFinding.Detail("pairs of levels", Double(note.alikeCount))])
    }

    /// Numbers among texts.
    private static func mixed(_ note: ColumnNote) -> HealthFinding? {
        guard note.numberRows > 0, !note.holdsDates, let first = note.otherTexts.first else { return nil }
        let others = note.otherTextCount > 1 ? " and \(HealthText.count(note.otherTextCount - 1, "other text"))" : ""
        let listed = note.otherTexts.prefix(3).map(\.text)
        return finding(
            note, .warning,
            "\(column(note)) is read as \(HealthText.count(note.levelCount, "level")), though "
                + "\(HealthText.count(note.numberRows)) of \(HealthText.count(note.rowCount, "row")) hold a number, because of "
                + "\(DisplayText.quoted(first.text))\(others)",
            remedy: "write {column: \(YAMLText.scalar(note.name)), kind: categorical} if that is meant, or "
                + "\(entry(note, kind: .numeric, note.format ?? TextFormat(missing: listed))) if not",
            details: [HealthFinding.Detail("numbers", Double(note.numberRows))])
    }

    /// Numbers that are written with signs, currencies or other marks.
    private static func written(_ note: ColumnNote) -> HealthFinding? {
        guard note.numberRows == 0, let format = note.format else { return nil }
        return finding(
            note, .warning,
            "\(column(note)) is read as \(HealthText.count(note.levelCount, "level")), though all of them look like numbers "
                + "written \(format.yaml)",
            remedy: "write \(entry(note, kind: .numeric, format)) to read numbers, or "
                + "{column: \(YAMLText.scalar(note.name)), kind: categorical} to keep levels",
            details: [HealthFinding.Detail("levels", Double(note.levelCount))])
    }

    /// Levels that look like quantities.
    private static func quantities(_ note: ColumnNote) -> HealthFinding? {
        guard let example = note.quantityExample else { return nil }
        return finding(
            note, .warning,
            "\(column(note)) is read as \(HealthText.count(note.levelCount, "level")), and all begin with a digit, such as "
                + DisplayText.quoted(example),
            remedy:
                "give plain numbers if it is a quantity, or write {column: \(YAMLText.scalar(note.name)), kind: categorical} if "
                + "they are codes",
            details: [HealthFinding.Detail("levels", Double(note.levelCount))])
    }

    /// Numbers that are times.
    private static func times(_ note: ColumnNote) -> HealthFinding? {
        guard let unit = note.timeUnit, !note.isOutcome else { return nil }
        return finding(
            note, .warning, "\(column(note)) seems to hold times as \(unit), which tell nothing about later units",
            remedy: "give the days before exposure as a column of numbers instead, or leave it out")
    }

    private static func dates(_ note: ColumnNote) -> HealthFinding? {
        guard note.holdsDates, !note.isOutcome else { return nil }
        return finding(
            note, .warning,
            "\(column(note)) holds dates, read as \(HealthText.count(note.levelCount, "level")) that tell nothing about later "
                + "units",
            remedy: "give the days before exposure as a column of numbers instead, or leave it out",
            details: [HealthFinding.Detail("levels", Double(note.levelCount))])
    }

    /// Codes that were read as numbers.
    private static func codes(_ note: ColumnNote) -> HealthFinding? {
        guard !note.isOutcome else { return nil }
        let remedy = "write {column: \(YAMLText.scalar(note.name)), kind: categorical} if it is a code"
        if let plain = note.doubledExample.first, let other = note.doubledExample.last {
            return finding(
                note, .warning,
                "\(column(note)) holds different texts of one number, such as \(DisplayText.quoted(plain)) and "
                    + "\(DisplayText.quoted(other)), which are read as the same value", remedy: remedy,
                details: [HealthFinding.Detail("numbers of several texts", Double(note.doubledNumbers))])
        }
        guard note.leadingZeros > 0 else { return nil }
        return finding(
            note, .note,
            "\(column(note)) is read as numbers, though \(HealthText.count(note.leadingZeros, "row")) "
                + "\(note.leadingZeros == 1 ? "begins" : "begin") with a zero"
                + (note.width.map { " and all texts are \($0) digits wide" } ?? ""), remedy: remedy,
            details: [HealthFinding.Detail("rows with leading zeros", Double(note.leadingZeros))])
    }

    private static func sentinel(_ note: ColumnNote) -> HealthFinding? {
        guard let sentinel = note.sentinel else { return nil }
        let value = HealthText.significant(sentinel.value)
        return finding(
            note, .warning,
            "\(column(note)) is \(value) in \(HealthText.count(sentinel.rows)) of \(HealthText.count(note.rowCount, "row")), and "
                + "from \(HealthText.significant(sentinel.rest.lowerBound)) to \(HealthText.significant(sentinel.rest.upperBound)) "
                + "in the others: it probably stands for missing",
            remedy: "write \(entry(note, kind: .numeric, TextFormat(missing: [value]))) if it does",
            details: [HealthFinding.Detail("rows", Double(sentinel.rows))])
    }
}
