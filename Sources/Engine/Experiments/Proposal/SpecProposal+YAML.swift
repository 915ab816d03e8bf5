extension SpecProposal {
    /// The proposal as YAML.
    var yaml: String {
        var page = CommentedLines()
        let rows = HealthText.count(rowCount, "row") + (sawAllRows ? "" : " or more, of which these were looked at")
        page.comment("Proposed from \(UTF8Text.shown(dataPath)) (\(rows)): every guess is worth a look.")
        page.line("name: \(YAMLText.scalar(title))", "any title")
        page.line("data: \(YAMLText.scalar(dataPath))", "relative to this file; csv, csv.gz, tsv")
        if let unit {
            page.line("unit: \(YAMLText.scalar(unit.name))", "the randomisation unit's id: all values differ")
        } else {
            page.line("unit: row", "no column of distinct ids was found: each row counts as a unit")
        }
        addTreatment(to: &page)
        addOutcomes(to: &page)
        addCovariates(to: &page)
        page.line("splits:", "which units do what, by a hash of their ids")
        page.line("  seed: 7", "another seed gives other splits")
        page.line("  confirm: 0.3", "the share of units kept to confirm what was picked")
        page.line("  folds: 5", "models per learner; no unit is scored by a model that saw it")
        page.line("effects:", "how effects are estimated")
        page.line("  learner: t", "boosted trees per arm; or columns, for effects computed elsewhere")
        return page.text
    }

    private var title: String {
        let file = dataPath.split(separator: "/").last.map(String.init) ?? dataPath
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || UTF8Text.hasControl(file) ? "experiment" : String(stem)
    }

    private func addTreatment(to page: inout CommentedLines) {
        page.line("treatment:", "what was randomised")
        page.line("  column: \(YAMLText.scalar(treatment.column))", "\(treatment.arms.count) values")
        page.line("  control: \(YAMLText.scalar(treatment.arms[0]))", "what the other arms are compared with: confirm")
        page.line("  arms:", "control and the arms compared with it")
        for (arm, count) in zip(treatment.arms, treatment.counts) {
            page.line("    - \(YAMLText.scalar(arm))", HealthText.count(count, "row"))
        }
        let shares = PlausibleShares.ratio(treatment.counts).map { "\($0)" }.joined(separator: ", ")
        page.line(
            "  shares: [\(shares)]", "rounded from the counts, so the ratio check is blind until the plan stands here")
    }

    private func addOutcomes(to page: inout CommentedLines) {
        page.line("outcomes:", "measured after exposure; the first is the objective")
        for outcome in outcomes {
            let what = outcome.isBinary ? "0 or 1" : "a number"
            let guess = outcomeIsAGuess ? ": a guess, no name looks like an outcome" : ""
            page.line("  - name: \(YAMLText.scalar(outcome.name))", what + guess)
            let isMinimised = outcome.hasWord(in: ProposalWords.minimised)
            page.line(
                "    direction: \(isMinimised ? "minimize" : "maximize")",
                isMinimised ? "less is better" : "more is better")
            if outcome.missing > 0 {
                page.line("    missing: drop", "\(HealthText.count(outcome.missing, "row")) without a value; or zero")
            }
        }
    }

    private func addCovariates(to page: inout CommentedLines) {
        page.line("covariates:", "measured before exposure: remove any that was not")
        for covariate in covariates {
            let missing = covariate.missing > 0 ? ", \(HealthText.count(covariate.missing)) missing" : ""
            let name = YAMLText.scalar(covariate.name)
            if covariate.isNumeric {
                page.line("  - \(name)", (covariate.isBinary ? "0 or 1" : "numeric") + missing)
            } else {
                page.line(
                    "  - {column: \(name), kind: categorical}",
                    "\(HealthText.count(covariate.distinct, "level"))\(missing)")
            }
        }
        for (name, reason) in leftOut { page.comment("  left out: \(UTF8Text.shown(name)), \(reason)") }
    }
}
