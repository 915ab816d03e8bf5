import Texts

extension SpecDraft {
    /// The draft as the text of a spec, with a comment on every line; `ExperimentSpec.read` accepts it while `problem` is
    /// nil.
    package var yaml: String {
        var page = CommentedLines()
        let rows = HealthText.count(rowCount, "row") + (sawAllRows ? "" : " or more, of which these were looked at")
        page.comment("Proposed from \(DisplayText.quoted(data)) (\(rows)): every guess is worth a look.")
        page.line("name: \(YAMLText.scalar(name))", "any title")
        addData(to: &page)
        if let unit, let log {
            page.line(
                "unit: \(YAMLText.scalar(unit))", "the randomisation unit's id: \(HealthText.count(log.units, "unit"))")
        } else if let unit {
            page.line("unit: \(YAMLText.scalar(unit))", "the randomisation unit's id: all values differ")
        } else {
            page.line(
                "unit: row",
                unitRemark == nil
                    ? "each row counts as a unit: name the ids' column if there is one" : "each row counts as a unit")
        }
        if let unitRemark { page.comment("  \(DisplayText.escaped(unitRemark))") }
        addTreatment(to: &page)
        addOutcomes(to: &page)
        addCovariates(to: &page)
        page.line("splits:", "which units do what, by a hash of their ids")
        page.line("  seed: 7", "another seed gives other splits")
        page.line("  confirm: 0.3", "the share of units kept to confirm what was picked")
        page.line("  folds: 5", "models per learner; no unit is scored by a model that saw it")
        page.line("effects:", "how effects are estimated")
        page.line("  learner: t", "boosted trees per arm; espalier models compares it with the others")
        Self.addFurtherKeys(to: &page)
        return page.text
    }

    private func addData(to page: inout CommentedLines) {
        let meaning =
            data == StandardInput.name
            ? "standard input: save the data in a file and name it" : "relative to this file; csv, csv.gz, tsv, parquet"
        guard let log else { return page.line("data: \(YAMLText.scalar(data))", meaning) }
        page.line("data:", "a log of exposures: several rows a unit")
        page.line("  - file: \(YAMLText.scalar(data))", meaning)
        page.line("    grain: many", "the first exposure gives arm and covariates")
        page.line("    exposure: \(YAMLText.scalar(log.exposure))", "when each row was")
        if log.crossovers > 0 {
            page.line(
                "    crossovers: drop",
                "\(HealthText.count(log.crossovers, "unit")) seen in two arms: find out why before leaving them out")
        }
        guard !outcomes.isEmpty else { return }
        page.line("    aggregate:", "what a unit's rows from its first exposure on become")
        for column in outcomes.flatMap(\.source.columns) {
            let isEvent = self[column: column]?.isBinary == true
            page.line(
                "      \(YAMLText.scalar(column)): \(isEvent ? "max" : "sum")",
                isEvent ? "whether it ever happened" : "sum, mean, min, max or count")
        }
    }

    /// Keys that a draft does not need, as comments to take up.
    private static func addFurtherKeys(to page: inout CommentedLines) {
        page.comment("More that a spec can say:")
        for (keys, meaning) in [
            ("data: [units.csv, {file: metrics.csv}]", "several files, joined on the unit's id"),
            ("data: [{file: units.csv, exposure: day}, {file: labels.csv, date: day}]", "labels before exposure only"),
            (
                "data: [units.csv, {file: events.csv, grain: many, date: at, window: 14d, aggregate: sum}]",
                "events from exposure on"
            ),
            ("treatment: {..., others: drop}", "leaves units of other arms out, and counts them"),
            ("text: {missing: [\"-\"]}", "texts of missing values; covariates and outcomes may have their own"),
            ("treatment: {..., propensities: estimate}", "arms that were not randomised: everything carries a caveat"),
            ("outcomes: [{..., winsorize: 0.999}]", "pulls extreme values in"),
            ("outcomes: [{..., preperiod: column}]", "its value before exposure, for variance reduction (CUPED)"),
            ("outcomes: [{..., missing: drop}]", "or zero, where values are missing"),
            (
                "outcomes: [{..., surrogate: {history: past.csv, outcome: y90, columns: [visits]}}]",
                "a long-term outcome by an index of early ones; espalier surrogates checks it"
            ),
            ("attrition: weights", "units without an outcome are weighted for, not left out: effects of all units"),
            (
                "effects: {learner: x}",
                "s, t, t-forest, x, r, dr, dml, hybrid, tree, forest, stack, or columns for supplied effects"
            ),
            ("effects: {..., outcomeModels: {depth: 4}}", "boosting settings; espalier tune searches them"),
            ("splits: {..., rule: md5}", "splits that a warehouse draws alike"),
            ("cost: outcome", "the outcome that is spent where others are gained, for espalier rank"),
            ("accept: {sampleRatio: why}", "lets a blocking finding of espalier check pass"),
        ] { page.comment("  \(keys)  \(meaning)") }
    }

    private func addTreatment(to page: inout CommentedLines) {
        page.line("treatment:", "what was randomised")
        page.line("  column: \(YAMLText.scalar(treatment))", "\(arms.count) values")
        page.line(
            "  control: \(YAMLText.scalar(arms[0].name))",
            controlIsAGuess
                ? "A GUESS: nothing says which arm is control, and every sign hangs on it"
                : "what the other arms are compared with: confirm")
        page.line("  arms:", "control and the arms compared with it")
        for arm in arms {
            page.line("    - \(YAMLText.scalar(arm.name))", HealthText.count(arm.count, "row"))
        }
        for (one, other) in IdSpelling.pairs(in: arms.map(\.name)) {
            page.comment(
                "    \(DisplayText.quoted(one)) and \(DisplayText.quoted(other)) look like one arm written in two ways")
        }
        let listed = shares.map(Self.number).joined(separator: ", ")
        page.line(
            "  shares: [\(listed)]",
            sharesAreAGuess
                ? "rounded from the counts" : "as planned")
        if sharesAreAGuess {
            page.line("  plan: unknown", "no ratio check; remove this line once the planned shares stand above")
        }
    }

    private func addOutcomes(to page: inout CommentedLines) {
        page.line("outcomes:", "measured after exposure; the first is the objective")
        for outcome in outcomes {
            let guess = outcomeIsAGuess ? ": a guess, no name looks like an outcome" : ""
            page.line("  - name: \(YAMLText.scalar(outcome.name))", describe(outcome) + guess)
            page.line(
                "    direction: \(outcome.direction.rawValue)",
                outcome.direction == .maximize ? "more is better" : "less is better")
            switch outcome.source {
            case .column(let column) where column == outcome.name: break
            case .column(let column): page.line("    column: \(YAMLText.scalar(column))", "the column it stands in")
            case .weightedSum(let terms):
                page.line("    from: {\(Self.mapping(terms))}", "the weighted sum of columns")
            case .surrogate(let surrogate):
                page.line(
                    "    surrogate: {history: \(YAMLText.scalar(surrogate.history)), "
                        + "outcome: \(YAMLText.scalar(surrogate.outcome)), "
                        + "columns: [\(surrogate.columns.map(YAMLText.scalar).joined(separator: ", "))]}",
                    "an index of early outcomes")
            case .ratio(let numerator, let denominator):
                page.line(
                    "    ratio: {\(YAMLText.scalar(numerator)): \(YAMLText.scalar(denominator))}", "total over total")
            }
            switch outcome.threshold {
            case nil: break
            case .relative(let least):
                page.line(
                    "    threshold: {relative: \(Self.number(least))}", "least change, of control's value, good ways")
            case .absolute(let least):
                page.line("    threshold: {absolute: \(Self.number(least))}", "least change, in its unit, good ways")
            }
            if !outcome.armCost.isEmpty {
                page.line("    armCost: {\(Self.mapping(outcome.armCost))}", "cost of an arm a unit, taken off")
            }
            if let text = outcome.text {
                let remark = outcome.source.columns.compactMap { self[column: $0]?.remark }.first
                page.line("    text: \(text.yaml)", DisplayText.escaped(remark ?? "how its values are written"))
            }
            if let missing = outcome.missing {
                let count = outcome.source.columns.map { self[column: $0]?.missing ?? 0 }.max() ?? 0
                page.line(
                    "    missing: \(missing.rawValue)",
                    "\(HealthText.count(count, "row")) without a value"
                        + (missing == .drop ? ": left out, or weighted for by attrition: weights" : ""))
            }
        }
    }

    private func describe(_ outcome: OutcomeSpec) -> String {
        guard case .column(let name) = outcome.source else { return "computed" }
        return self[column: name]?.isBinary == true ? "0 or 1" : "a number"
    }

    private func addCovariates(to page: inout CommentedLines) {
        page.line("covariates:", "measured before exposure: remove any that was not")
        for column in columns {
            guard let kind = covariates[column.name] else { continue }
            let missing = column.missing > 0 ? ", \(HealthText.count(column.missing)) missing" : ""
            let name = YAMLText.scalar(column.name)
            let remark = column.remark.map { ": " + DisplayText.escaped($0) } ?? ""
            if kind == .numeric, let text = column.text {
                page.line("  - {column: \(name), kind: numeric, text: \(text.yaml)}", "numeric" + missing + remark)
            } else if kind == .numeric {
                page.line("  - \(name)", (column.isBinary ? "0 or 1" : "numeric") + missing)
            } else {
                let levels = column.isNumeric && !column.isBinary ? "codes" : HealthText.count(column.distinct, "level")
                page.line(
                    "  - {column: \(name), kind: categorical}",
                    "\(levels)\(missing)\(column.isNumeric && !column.isBinary ? remark : "")")
            }
        }
        if namelessCount > 0 {
            page.comment(
                "  left out: \(HealthText.count(namelessCount, "column")) without a name, which no spec can name")
        }
        for column in columns where part(of: column.name) == .leftOut {
            page.comment(
                "  left out: \(DisplayText.quoted(column.name))\(reasons[column.name].map { ", \(DisplayText.escaped($0))" } ?? "")"
            )
        }
    }

    private static func mapping(_ values: [String: Double]) -> String {
        values.sorted { $0.key < $1.key }.map { "\(YAMLText.scalar($0.key)): \(number($0.value))" }
            .joined(separator: ", ")
    }

    /// Whole numbers without their point.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
