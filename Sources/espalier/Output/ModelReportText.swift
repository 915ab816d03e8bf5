import Effects
import Texts

/// A report on learners as a table or CSV: one row per arm, outcome and learner, then the verdicts and the recommendation.
enum ModelReportText {
    static func text(_ report: ModelReport, _ view: ModelsView, _ format: FormatOption.Format) -> String {
        switch view {
        case .judgements, .settings: judgements(report, format)
        case .projection: projection(report, format)
        case .intervals: intervals(report, format)
        }
    }

    /// The linear projection of every arm and outcome.
    private static func projection(_ report: ModelReport, _ format: FormatOption.Format) -> String {
        var table = TextTable(["arm", "outcome", "term", "estimate", "SE", "low", "high"], textColumns: [0, 1, 2])
        for arm in report.arms.indices {
            for outcome in report.outcomes.indices {
                for row in report.projection(arm: arm, outcome: outcome)?.rows ?? [] {
                    table.rows.append(
                        [report.arms[arm], report.outcomes[outcome], row.name]
                            + [row.estimate, row.standardError, row.low, row.high].map { number($0, format) })
                }
            }
        }
        guard format == .table else { return table.text(format) }
        return table.text(format)
            + "\nby double machine learning: the average is at the covariates' means and net of costs, the others are what one "
            + "more of a covariate goes with; 95% intervals\n" + Caveats.text(report.caveats)
    }

    /// What learners with pointwise intervals say of the units.
    private static func intervals(_ report: ModelReport, _ format: FormatOption.Format) -> String {
        var table = TextTable(
            [
                "arm", "outcome", "learner", "average", "SE", "low", "high", "5% of units", "50%", "95%", "a unit's SE",
                "surely above 0", "surely below 0",
            ],
            columns: [
                "arm", "outcome", "learner", "average", "standard_error", "low", "high", "quantile_05", "quantile_50",
                "quantile_95", "unit_standard_error", "share_above_zero", "share_below_zero",
            ], textColumns: [0, 1, 2])
        for own in report.intervals ?? [] {
            let average = own.average
            table.rows.append(
                [own.arm, own.outcome, own.learner]
                    + ([average.value, average.standardError, average.interval.low, average.interval.high]
                    + own.quantiles + [own.typicalError, own.above, own.below]).map { number($0, format) })
        }
        guard format == .table else { return table.text(format) }
        let what =
            table.rows.isEmpty
            ? "none of the learners judged gives intervals to units: add dml, hybrid, tree or forest to --learners\n"
            : "the average is doubly robust, over the units of both arms; shares count units whose own 95% interval lies above "
                + "or below 0\n"
        return (table.rows.isEmpty ? "" : table.text(format) + "\n") + what + Caveats.text(report.caveats)
    }

    private static func judgements(_ report: ModelReport, _ format: FormatOption.Format) -> String {
        var table = TextTable(
            [
                "arm", "outcome", "learner", "mu-risk", "tau-risk", "R-score", "SE", "slope", "SE", "AUTOC", "SE",
                "Qini",
                "SE", "statistic", "p (Holm)", "differs",
            ], textColumns: [0, 1, 2, 15])
        for arm in report.arms.indices {
            for outcome in report.outcomes.indices {
                let rows = report.learners.indices.map {
                    row(report.judgement(learner: $0, arm: arm, outcome: outcome), format)
                }
                table.rows += format == .table ? merged(rows) : rows
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
            + Caveats.text(report.caveats) + verdicts.joined() + compositions(report)
            + (report.worseThanConstant ?? []).map { $0 + "\n" }.joined()
            + "recommended: \(report.recommendation.learner ?? "none"): \(report.recommendation.reason)\n"
    }

    /// What the stack is made of, a line per arm and outcome.
    private static func compositions(_ report: ModelReport) -> String {
        var lines = ""
        for arm in report.arms.indices {
            for outcome in report.outcomes.indices {
                guard let composition = report.composition(arm: arm, outcome: outcome) else { continue }
                func words(_ members: [(learner: String, weight: Double)]) -> String {
                    members.map { "\($0.learner) \(NumberText.fixed($0.weight, 2))" }.joined(separator: ", ")
                }
                lines +=
                    "stack of \(report.arms[arm]) on \(report.outcomes[outcome]): "
                    + words(composition.weighty.map { ($0.learner, $0.weight) }) + "; by R-loss "
                    + words(composition.weightyByResidualLoss.map { ($0.learner, $0.weightByResidualLoss) }) + "\n"
            }
        }
        return lines
    }

    /// Learners that agree in every figure shown, as r and dr do at equal shares, in one row.
    private static func merged(_ rows: [[String]]) -> [[String]] {
        var result: [[String]] = []
        for row in rows {
            let same = result.firstIndex { other in
                row.indices.allSatisfy { $0 == learnerColumn || row[$0] == other[$0] }
            }
            if let same {
                result[same][learnerColumn] += ", " + row[learnerColumn]
            } else {
                result.append(row)
            }
        }
        return result
    }

    private static let learnerColumn = 2

    private static func row(_ judgement: ValidatedLearner, _ format: FormatOption.Format) -> [String] {
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
