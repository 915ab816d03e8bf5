import Experiments
import Statistics
import Texts

/// An outcome by surrogates with every set of them that was judged.
struct JudgedSurrogate {
    /// Of the spec.
    let outcome: String
    let spec: SurrogateSpec
    /// The least error for new rows first.
    let candidates: [SurrogateCandidate]

    /// The set that the spec names.
    var own: SurrogateCandidate? { candidates.first { $0.surrogates.count == spec.columns.count } }
}

/// Indexes of surrogates for people.
enum SurrogateText {
    static func page(_ judged: JudgedSurrogate) -> String {
        guard let own = judged.own else { return "" }
        var text =
            "\(judged.outcome), \(judged.spec.outcome) of \(judged.spec.history) by \(NumberText.grouped(own.index.unitCount)) rows: "
            + "the index explains \(NumberText.percent(own.index.heldOutExplained, 1)) of its variance in rows that it was not "
            + "fitted on (error \(NumberText.significant(own.index.heldOutError, 3)), spread "
            + "\(NumberText.significant(own.index.spread, 3)))\n\n"
        var slopes = TextTable(["column", "slope", "SE"])
        let rule = own.index.rule
        slopes.rows = rule.names.indices.map {
            [rule.names[$0], cell(rule.slopes[$0], .table), cell(own.index.standardError(ofSlope: $0), .table)]
        }
        text += slopes.text(.table)
        if own.checks.isEmpty {
            text += "\nno check: the history has no column of arms\n"
        } else {
            var checks = TextTable(
                ["arm", "effect", "by the index", "missed", "95% interval", "z", "check"], textColumns: [0, 6])
            checks.rows = own.checks.map { check in
                [
                    check.arm, NumberText.significant(check.effect.value, 3), NumberText.significant(check.byIndex, 3),
                    NumberText.significant(check.missed.value, 3), interval(check.missed),
                    check.z.map { NumberText.significant($0, 3) } ?? "-", check.isRefused ? "refused" : "passed",
                ]
            }
            text += "\n" + checks.text(.table)
        }
        if judged.candidates.count > 1 { text += "\n" + table([judged], .table).text(.table) }
        return text + "\n" + SurrogateCheck.noProof + "\n"
    }

    private static func interval(_ estimate: Estimate) -> String {
        guard let interval = estimate.interval else { return "-" }
        return "\(NumberText.significant(interval.low, 3)) to \(NumberText.significant(interval.high, 3))"
    }

    /// One row per set of surrogates.
    static func table(_ judged: [JudgedSurrogate], _ format: FormatOption.Format) -> TextTable {
        let columns = ["error", "explained", "rank by error", "largest z", "rank by check"]
        let names = ["surrogates"] + columns
        var table =
            format == .csv
            ? TextTable(["outcome"] + names.map { $0.replacing(" ", with: "_") }) : TextTable(names)
        table.rows = judged.flatMap { judged in
            judged.candidates.map { candidate in
                (format == .csv ? [judged.outcome] : [])
                    + [
                        candidate.surrogates.joined(separator: " "), cell(candidate.index.heldOutError, format),
                        cell(candidate.index.heldOutExplained, format), "\(candidate.rankByError)",
                        cell(candidate.worstZ, format), candidate.rankByCheck.map(String.init) ?? cell(nil, format),
                    ]
            }
        }
        return table
    }
}
