import Studies
import Texts

/// The drift of a policy's units as text.
enum DriftText {
    /// The transition matrix of cohorts; of arms where the policy has no cohorts.
    static func text(_ drift: PolicyDrift, _ format: FormatOption.Format) -> String {
        guard !drift.cohorts.isEmpty else {
            var table = TextTable(["from", "to", "share"], textColumns: [0, 1])
            table.rows = drift.moves.moves.map { [$0.from, $0.to, cell($0.share, format)] }
            return table.text(format)
        }
        guard format == .table else { return long(drift).text(.csv) }
        let filled = drift.cohorts.indices.filter { cohort in
            drift.cohorts[cohort].after.contains { $0 > 0 } || drift.cohorts.contains { $0.after[cohort] > 0 }
        }
        var table = TextTable(
            ["before"] + filled.map { "to_\(drift.cohorts[$0].id)" } + ["rule"], textColumns: [filled.count + 1])
        table.rows = filled.map { row in
            ["\(drift.cohorts[row].id)"] + filled.map { "\(drift.cohorts[row].after[$0])" } + [drift.cohorts[row].rule]
        }
        return table.text(format)
    }

    /// One row per pair of cohorts that units moved between.
    private static func long(_ drift: PolicyDrift) -> TextTable {
        var table = TextTable(["from_cohort", "to_cohort", "units", "from_rule", "to_rule"])
        for from in drift.cohorts {
            for (to, units) in zip(drift.cohorts, from.after) where units > 0 {
                table.rows.append(["\(from.id)", "\(to.id)", "\(units)", from.rule, to.rule])
            }
        }
        return table
    }

    static func summary(_ drift: PolicyDrift) -> String {
        var lines = [
            "\(NumberText.grouped(drift.units)) units in both files, \(NumberText.grouped(drift.onlyBefore)) only before, "
                + "\(NumberText.grouped(drift.onlyAfter)) only after"
        ]
        if let share = drift.changedCohortShare { lines.append("\(NumberText.percent(share, 1)) change their cohort") }
        if let share = drift.moves.changedShare { lines.append("\(NumberText.percent(share, 1)) change their arm") }
        for value in drift.values ?? [] {
            let error = value.gain.standardError.map { " (SE \(NumberText.string($0, .significant(2))))" } ?? ""
            lines.append(
                "scoring anew is better by \(NumberText.string(value.gain.value, .significant(3)))\(error) on \(value.name)"
            )
        }
        return "\n" + lines.map { $0 + "\n" }.joined()
    }
}
