import Policies
import Studies
import Texts
import Warehouses

/// A policy in rules and in SQL, with what is lost by them.
struct ExplanationText {
    private let explanation: PolicyExplanation
    private let candidate: String
    private let study: Study

    init(_ explanation: PolicyExplanation, candidate: String, study: Study) {
        self.explanation = explanation
        self.candidate = candidate
        self.study = study
    }

    /// Sentences on fidelity and loss.
    private var verdicts: [String] {
        let judged =
            switch explanation.judgement {
            case .crossFitted: "tune units by trees of the other folds"
            case .confirm: "confirm units"
            }
        var lines = [
            "same arm as candidate \(candidate) for \(NumberText.percent(explanation.fidelity, 1)) of \(judged)"
        ]
        for loss in explanation.losses {
            let error = loss.difference.standardError.map { " (SE \(short($0)))" } ?? ""
            lines.append(
                "\(loss.name): \(short(loss.policy.value)) against control by the policy, \(short(loss.rules.value)) by "
                    + "the rules; a difference of \(short(loss.difference.value))\(error)")
        }
        return lines
    }

    private func short(_ value: Double) -> String { NumberText.string(value, .significant(3)) }

    var rules: String {
        let covariates = study.description.covariates
        let rules = explanation.tree.rules(covariates)
        let units = rules.reduce(0) { $0 + $1.units }
        var table = TextTable(["arm", "units", "where"], textColumns: [0, 2])
        table.rows = rules.map { rule in
            [
                study.space.arms[rule.arm], NumberText.percent(Double(rule.units) / Double(max(1, units)), 1),
                rule.region.text(covariates),
            ]
        }
        return table.text(.table) + "\n" + verdicts.joined(separator: "\n") + "\n"
    }

    func sql(_ dialect: SQLDialect) -> String {
        RulesSQL(study.description.covariates, arms: study.space.arms, dialect: dialect).expression(
            explanation.tree,
            comment: ([
                dialect.name.title,
                "\(study.description.spec.name), candidate \(candidate), in rules; a missing value is NULL",
            ]
                + verdicts).map(DisplayText.escaped))
    }
}
