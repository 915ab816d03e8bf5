import Policies
import Statistics
import Studies
import Texts

/// What changes between two policies, in rows and sentences.
enum ComparisonText {
    static func text(_ comparison: PolicyComparison, from: String, to: String) -> String {
        var text = comparison.splits.map { split(from, to, $0) }.joined(separator: "\n")
        text += "\n" + sentence(comparison)
        if !comparison.moves.moves.isEmpty { text += "\n" + moves(comparison.moves).text(.table) }
        let changed = comparison.groups.filter { ($0.moves.changedShare ?? 0) > 0 }
        guard !changed.isEmpty else { return text }
        var table = TextTable(["group", "units", "change arm", "mostly"], textColumns: [0, 3])
        table.rows = changed.sorted { ($0.moves.changedShare ?? 0) > ($1.moves.changedShare ?? 0) }.map { group in
            [
                group.rule, "\(group.moves.units)", NumberText.percent(group.moves.changedShare ?? 0, 1),
                group.moves.moves.first.map { "\($0.from) to \($0.to)" } ?? "",
            ]
        }
        return text + "\n" + table.text(.table)
    }

    private static func split(_ from: String, _ to: String, _ split: PolicyComparison.Split) -> String {
        let ownFit = split.outcomes.contains { $0.fromByOwnFit != nil }
        var table = TextTable(
            ["outcome", from, "SE"] + (ownFit ? ["\(from) by its own fit", "SE"] : [])
                + [to, "SE", "change", "SE", "low", "high"])
        table.rows = split.outcomes.map { outcome in
            func pair(_ estimate: Estimate?) -> [Double?] { [estimate?.value, estimate?.standardError] }
            let numbers =
                pair(outcome.from) + (ownFit ? pair(outcome.fromByOwnFit) : []) + pair(outcome.to)
                + pair(outcome.change) + [outcome.change?.low, outcome.change?.high]
            return [outcome.name] + numbers.map { cell($0, .table) }
        }
        return table.text(.table) + "differences from control on \(split.split.rawValue); the change is "
            + (split.isPaired
                ? "paired by unit\n" : "that of independent estimates, for the units are not the same\n")
    }

    private static func sentence(_ comparison: PolicyComparison) -> String {
        guard let share = comparison.moves.changedShare else { return "the studies have no tune unit in common\n" }
        return "\(NumberText.percent(share, 1)) of \(comparison.moves.units) tune units change arm\n"
    }

    private static func moves(_ moves: ArmMoves) -> TextTable {
        var table = TextTable(["from", "to", "share"], textColumns: [0, 1])
        table.rows = moves.moves.map { [$0.from, $0.to, NumberText.percent($0.share, 1)] }
        return table
    }

    /// What holding the limits costs in the first outcome.
    static func price(_ comparison: PolicyComparison, from: String?) -> String {
        guard let first = comparison.splits.first?.outcomes.first, let change = first.change else { return "" }
        let interval = "\(cell(change.low, .table)) to \(cell(change.high, .table))"
        return "price: \(first.name) changes by \(cell(change.value, .table)) (\(interval)) against "
            + (from.map { "candidate \($0)\n" } ?? "the knobs it was looked for from\n")
    }

    /// One row per estimate, and per group and pair of arms.
    static func long(_ comparison: PolicyComparison) -> TextTable {
        var table = TextTable([
            "part", "split", "group", "outcome", "from_arm", "to_arm", "value", "standard_error", "low", "high",
        ])
        for split in comparison.splits {
            for outcome in split.outcomes {
                let parts: [(String, Estimate?)] = [
                    ("from", outcome.from), ("from_by_own_fit", outcome.fromByOwnFit), ("to", outcome.to),
                    ("change", outcome.change),
                ]
                for case (let part, let estimate?) in parts {
                    table.rows.append(
                        [part, split.split.rawValue, "", outcome.name, "", ""]
                            + [estimate.value, estimate.standardError, estimate.low, estimate.high].map {
                                cell($0, .csv)
                            })
                }
            }
        }
        let groups = [("", comparison.moves)] + comparison.groups.map { ($0.rule, $0.moves) }
        for (rule, moves) in groups {
            for move in moves.moves {
                table.rows.append(["move", "tune", rule, "", move.from, move.to, cell(move.share, .csv), "", "", ""])
            }
        }
        return table
    }
}
