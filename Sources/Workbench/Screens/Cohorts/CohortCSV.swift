import Experiments
import Policies

/// The Cohorts screen's rows as CSV: the marked ones, or all that are shown.
enum CohortCSV {
    /// One line per row, with every effect, error and gain in the outcome's own unit; n/a is an empty field.
    static func text(_ state: WorkbenchState) -> String {
        let shown = CohortRows(state).rows
        let marked = shown.filter(state.cohorts.view.marked.contains)
        return text(state, marked.isEmpty ? shown : marked)
    }

    static func text(_ state: WorkbenchState, _ rows: [Int]) -> String {
        guard let space = state.facts.description?.space else { return "" }
        var header = ["number", "rule", "units", "share"]
        header += space.arms.map { "given \($0)" }
        header += space.outcomes.flatMap { ["gain \($0.name)", "gain \($0.name) error"] }
        for arm in space.arms.dropFirst() {
            header += space.outcomes.flatMap { ["\(arm) \($0.name)", "\(arm) \($0.name) error"] }
        }
        var lines = [header.map(CSVField.quoted).joined(separator: ",")]
        let table = CohortRows(state)
        for row in rows {
            let gain = table.gain(row)
            var fields = [
                "\(row + 1)", CSVField.quoted(table.rule(row)), "\(table.units(row))",
                "\(table.share(row))",
            ]
            fields += space.arms.indices.map { number(gain?.shares[$0]) }
            fields += space.outcomes.indices.flatMap { j in
                [number(gain?.gains[j]?.value), number(gain?.gains[j]?.standardError)]
            }
            for arm in 1..<space.armCount {
                fields += space.outcomes.indices.flatMap { j in
                    let effect = table.effect(row, arm: arm, outcome: j)
                    return [number(effect?.effect), number(effect?.standardError)]
                }
            }
            lines.append(fields.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
