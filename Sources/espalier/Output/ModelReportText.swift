import Effects
import Frames

/// A report on learners as a table or CSV: one row per arm, outcome and learner, then the verdicts and the recommendation.
enum ModelReportText {
    static func text(_ report: ModelReport, _ format: FormatOption.Format) -> String {
        var table = TextTable(
            [
                "arm", "outcome", "learner", "mu-risk", "tau-risk", "R-score", "SE", "slope", "SE", "AUTOC", "SE",
                "Qini",
                "SE", "statistic", "p (Holm)", "differs",
            ], textColumns: [0, 1, 2, 15])
        for arm in report.arms.indices {
            for outcome in report.outcomes.indices {
                for learner in report.learners.indices {
                    table.rows.append(
                        row(report.judgement(learner: learner, arm: arm, outcome: outcome), format))
                }
            }
        }
        let body = table.text(format)
        guard format == .table else { return body }
        let verdicts = report.verdicts.map { verdict -> String in
            let statistic = verdict.statistic.map {
                "\(verdict.learner): statistic \(NumberText.fixed($0, 2)), p \(NumberText.probability(verdict.adjustedP)) after Holm"
            }
            return "\(verdict.sentence) (\(statistic ?? "no learner tells units apart"))\n"
        }
        return body + "\njudged on \(NumberText.grouped(report.units)) tune units, out of \(report.folds) folds\n"
            + report.caveats.map { "caveat: \($0)\n" }.joined() + verdicts.joined()
            + "recommended: \(report.recommendation.learner ?? "none"): \(report.recommendation.reason)\n"
    }

    private static func row(_ judgement: LearnerJudgement, _ format: FormatOption.Format) -> [String] {
        func pair(_ measure: Measure?) -> [String] {
            [number(measure?.value, format), number(measure?.standardError, format)]
        }
        return [
            judgement.arm, judgement.outcome, judgement.learner, cell(judgement.muRisk, format),
            cell(judgement.tauRisk, format),
        ] + pair(judgement.isConstant ? nil : judgement.rScore) + pair(judgement.calibration)
            + pair(judgement.curve?.autoc) + pair(judgement.curve?.qini)
            + [
                judgement.test.statistic.map { format == .csv ? "\($0)" : NumberText.fixed($0, 2) }
                    ?? cell(nil, format),
                judgement.isConstant
                    ? cell(nil, format)
                    : format == .csv ? "\(judgement.adjustedP)" : NumberText.probability(judgement.adjustedP),
                judgement.isConstant ? "" : judgement.isDetected ? "yes" : "no",
            ]
    }

    /// Three significant digits in tables: the errors beside say how many of them count.
    private static func number(_ value: Double?, _ format: FormatOption.Format) -> String {
        guard let value, format != .csv else { return cell(value, format) }
        return NumberText.significant(value, 3)
    }
}
