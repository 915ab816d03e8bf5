import Pooling
import Texts

/// A fitted pool for people: who predicts best, how many directions the effects have, and which experiments are alike.
struct PoolText {
    private let fit: PoolFit
    private let change: PoolChange?

    init(_ fit: PoolFit, change: PoolChange?) {
        self.fit = fit
        self.change = change
    }

    func text(_ format: FormatOption.Format) -> String {
        guard format == .table else { return risk(format) }
        let model = fit.model
        let kind = model.network == .linear ? "linear" : "one hidden layer"
        var text =
            "\(model.shape.experiments.count) experiments, \(fit.unitCounts.reduce(0, +)) units, "
            + "\(model.embedding.covariates.count) shared covariates; representation: \(kind), \(model.dimension) dimensions\n\n"
        text += risk(format) + "\n" + finding + "\n\n" + ranks(format)
        for outcome in fit.structure.outcomes { text += "\n" + Self.heat(outcome) }
        if let influence = fit.influence { text += "\n" + Self.sharing(influence, format) }
        if let change { text += "\n" + moved(change, format) }
        return text
    }

    /// mu-risk and tau-risk by learner and outcome.
    private func risk(_ format: FormatOption.Format) -> String {
        let isKnown = fit.judgement.rows.contains { $0.pehe != nil }
        var table = TextTable(
            ["learner", "outcome", "mu-risk", "tau-risk", "R-score"] + (isKnown ? ["PEHE"] : [])
                + ["mu-risk more than the pool's", "low", "high"],
            columns: ["learner", "outcome", "mu_risk", "tau_risk", "r_score"] + (isKnown ? ["pehe"] : [])
                + ["mu_risk_difference", "mu_risk_difference_low", "mu_risk_difference_high"], textColumns: [0, 1])
        table.rows = fit.judgement.rows.map { row in
            [row.learner, row.outcome]
                + ([row.muRisk, row.tauRisk, row.rScore] + (isKnown ? [row.pehe] : [])
                + [row.muDifference?.value, row.muDifference?.low, row.muDifference?.high])
                .map { cell($0, format) }
        }
        return table.text(format)
    }

    /// By outcome, whether the pool predicts better than the best that goes without it.
    private var finding: String {
        let chosen = (
            mu: fit.judgement.chosen { $0.muRisk } ?? "none", tau: fit.judgement.chosen { $0.tauRisk } ?? "none"
        )
        let choice =
            chosen.mu == chosen.tau
            ? " \(chosen.mu) has the least mu-risk and the least tau-risk."
            : " \(chosen.mu) has the least mu-risk, \(chosen.tau) the least tau-risk."
        return benefit + choice
    }

    private var benefit: String {
        let outcomes = fit.model.shape.outcomes
        let better = fit.betterOutcomes
        if better.count == outcomes.count {
            return "The pool predicts every outcome better than the experiments alone."
        }
        if better.isEmpty { return "The pool predicts no outcome clearly better than the experiments alone." }
        return "The pool predicts \(better.joined(separator: ", ")) better than the experiments alone, the others not."
    }

    private func ranks(_ format: FormatOption.Format) -> String {
        var table = TextTable(["outcome", "effective rank", "within one SE", "singular values"], textColumns: [0, 3])
        table.rows = fit.structure.outcomes.map { own in
            [
                own.outcome, own.rank.map { "\($0.best)" } ?? "-", own.rank.map { "\($0.oneStandardError)" } ?? "-",
                own.singularValues.prefix(8).map { cell($0, format) }.joined(separator: " "),
            ]
        }
        return table.text(format)
    }

    /// Correlations of the effects, alike side by side: `#` above .75, `+` above .5, `.` above .25, `-` below -.25, `=` below -.5.
    private static func heat(_ outcome: PoolStructure.Outcome) -> String {
        let width = outcome.contrasts.map(TextWidth.width).max() ?? 0
        var text = "effects on \(outcome.outcome), correlated:  # >.75  + >.5  . >.25  - <-.25  = <-.5\n"
        for (name, row) in zip(outcome.contrasts, outcome.correlations) {
            let marks = row.map { CorrelationMark($0).rawValue }
            var line = name + String(repeating: " ", count: width - TextWidth.width(of: name)) + "  " + String(marks)
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    /// What every experiment has of the pool and gives it, the givers first.
    private static func sharing(_ influence: PoolInfluence, _ format: FormatOption.Format) -> String {
        func names(_ rows: [PoolInfluence.Row]) -> String {
            let named = rows.prefix(3).map(\.experiment).joined(separator: ", ")
            return rows.count > 3 ? "\(named) and \(rows.count - 3) more" : named
        }
        var sentences: [String] = []
        if !influence.carrying.isEmpty { sentences.append("The pool is carried by \(names(influence.carrying)).") }
        sentences.append(
            influence.hurting.isEmpty
                ? "No experiment surely hurts the others."
                : "The others are better off without \(names(influence.hurting)).")
        var table = TextTable(
            ["experiment", "risk less by the pool", "others' risk more without it", "low", "high"], textColumns: [0])
        table.rows = influence.rows.sorted { $0.given.value > $1.given.value }.map { row in
            [row.experiment] + [row.gained, row.given.value, row.given.low, row.given.high].map { cell($0, format) }
        }
        return table.text(format) + sentences.joined(separator: " ") + "\n"
    }

    private func moved(_ change: PoolChange, _ format: FormatOption.Format) -> String {
        var table = TextTable(["experiment", "outcome", "effects' spread", "moved by"], textColumns: [0, 1])
        table.rows = change.rows.map {
            [$0.experiment, $0.outcome, cell($0.size, format), $0.moved.map { cell($0, format) } ?? "new"]
        }
        return table.text(format)
    }
}
