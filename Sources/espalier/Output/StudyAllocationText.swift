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

    /// What a limited outcome and the objective trade at, in percent of control where control is not 0.
    private func exchange(_ name: String, _ price: Double) -> String {
        let space = study.space
        let objective = space.outcomes[0].name
        let limited = space.outcomes.firstIndex { $0.name == name }
        guard let limited, space.controlMeans[0] != 0, space.controlMeans[limited] != 0 else {
            return "one unit of \(name) given up buys \(NumberText.string(price, .significant(3))) of \(objective)"
        }
        let points = price * abs(space.controlMeans[limited] / space.controlMeans[0])
        return "1% of \(name) given up buys \(NumberText.string(points, .significant(3)))% of \(objective)"
    }

    /// Which effects and which units they are estimated from.
    private var effects: String {
        let half = "from the half of tune that grew no tree"
        return switch (allocation.request.cohorts, allocation.request.effects) {
        case (.heuristic, _): "the cohort's own, from tune"
        case (_, .inherited): "its leaf's, \(half)"
        case (_, .shrunk): "the cohort's own, shrunk to its leaf's, \(half)"
        }
    }

    private var notes: String {
        var lines: [String] = []
        let split = allocation.splitCohorts
        if allocation.request.method != .member {
            lines.append("\(split) cohort\(split == 1 ? " is" : "s are") split between arms")
        } else {
            lines.append("every unit by its own effects; shares by cohort say who gets what")
        }
        if allocation.request.method != .member {
            lines.append("effects: \(effects)")
        }
        if allocation.resamples > 0 {
            let failed = allocation.infeasible
            lines.append(
                "corrected: without the optimism that \(allocation.resamples) bootstrap resamples show"
                    + (failed > 0 ? "; in \(failed) of them the limits could not all be kept" : ""))
        }
        lines.append(
            "folds: each fold under what the others chose, by cohorts that saw all of them; better by: against control; SE: of "
                + "the row's last estimate")
        for (name, price) in allocation.prices.sorted(by: { $0.key < $1.key }) where price > 0 {
            lines.append(exchange(name, price))
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
