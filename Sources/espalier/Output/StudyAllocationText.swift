import Studies
import Texts

/// An allocation of a study as text: who gets what, what it is worth, and at which prices.
struct StudyAllocationText {
    let allocation: StudyAllocation
    let study: Study

    /// Cohorts on a screen; the others hold the fewest units.
    private static let mostRows = 30

    var csv: String {
        var table = TextTable(["cohort", "rule", "units", "share", "arm", "arm_share"], textColumns: [1, 4])
        for row in allocation.rows {
            for (arm, share) in zip(study.space.arms, row.arms) {
                table.rows.append([
                    "\(row.id)", row.rule, "\(row.units)", cell(row.share, .csv), arm, cell(share, .csv),
                ])
            }
        }
        return table.text(.csv)
    }

    var text: String {
        [cohorts, values, notes].joined(separator: "\n")
    }

    private var cohorts: String {
        let filled = allocation.rows.filter { $0.units > 0 }
        var table = TextTable(
            ["cohort", "units"] + study.space.arms + ["where"], textColumns: [study.space.armCount + 2])
        table.rows = filled.prefix(Self.mostRows).map { row in
            ["\(row.id)", NumberText.percent(row.share, 1)] + row.arms.map(share) + [row.rule]
        }
        let everybody = study.space.arms.indices.map { arm in
            allocation.rows.reduce(0) { $0 + $1.share * $1.arms[arm] }
        }
        table.rows.append(["all", "100.0%"] + everybody.map(share) + [""])
        let more = filled.count - min(filled.count, Self.mostRows)
        return table.text(.table)
            + (more > 0 ? "\(more) more cohorts, each smaller than these: --format csv lists them\n" : "")
    }

    private func share(_ value: Double) -> String { value == 0 ? "." : NumberText.percent(value, 1) }

    private var values: String {
        var table = TextTable(["better by", "plug-in", "corrected", "folds", "confirm", "SE", "at least", "price", ""])
        table.rows = allocation.outcomes.map { outcome in
            let judged = outcome.confirm ?? outcome.fold ?? outcome.corrected
            return [outcome.name]
                + [outcome.plugIn, outcome.corrected, outcome.fold, outcome.confirm].map { short($0?.value) }
                + [
                    short(judged?.standardError), short(outcome.threshold), short(allocation.prices[outcome.name]),
                    outcome.limit?.rawValue ?? "",
                ]
        }
        return table.text(.table)
    }

    private func short(_ value: Double?) -> String { value.map { NumberText.string($0, .significant(4)) } ?? "-" }

    private var notes: String {
        var lines: [String] = []
        let split = allocation.splitCohorts
        lines.append("\(split) cohort\(split == 1 ? " is" : "s are") split between arms")
        if allocation.request.method != .member {
            let source =
                allocation.request.effects == .inherited
                ? "the leaf's" : "the cohort's own, shrunk to the leaf's"
            lines.append("effects: \(source), from the half of tune that grew no tree")
        }
        if allocation.resamples > 0 {
            let failed = allocation.infeasible
            lines.append(
                "corrected: without the optimism that \(allocation.resamples) bootstrap resamples show"
                    + (failed > 0 ? "; in \(failed) of them the limits could not all be kept" : ""))
        }
        lines.append(
            "folds: each fold under what the others chose; SE is that of the last estimate of the row; every figure is "
                + "better-by against control")
        for (name, price) in allocation.prices.sorted(by: { $0.key < $1.key }) where price > 0 {
            lines.append(
                "one unit of \(name) given up buys \(NumberText.string(price, .significant(3))) of "
                    + study.space.outcomes[0].name)
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
