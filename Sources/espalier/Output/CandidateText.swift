import Policies
import Studies
import Texts

/// Candidates as a table or CSV (one row per candidate, split and outcome): changes on tune, and on confirm where it was opened.
enum CandidateText {
    /// - Parameter feasibility: of each candidate, the probability of keeping all limits; empty leaves the column out.
    static func text(
        _ candidates: [Candidate], _ space: PolicySpace, _ format: FormatOption.Format, feasibility: [Double?] = []
    ) -> String {
        guard format == .table else {
            let ids = candidates.map(\.id)
            return CandidateListText.long(
                candidates, space, feasibility: Dictionary(zip(ids, feasibility)) { first, _ in first }
            ).text(.csv)
        }
        let names = space.outcomes.map(\.name)
        let confirmed = candidates.contains { $0.confirm != nil }
        var header = ["id", "name"] + names.flatMap { [$0, "SE"] } + ["limits"]
        if !feasibility.isEmpty { header.append("P(limits)") }
        if confirmed { header += names.flatMap { ["confirm \($0)", "SE"] } }
        var table = TextTable(header, textColumns: [1, 2 + 2 * names.count])
        table.rows = candidates.enumerated().map { place, candidate in
            func cells(_ evaluation: PolicyEvaluation?) -> [String] {
                names.indices.flatMap { j -> [String] in
                    let difference = evaluation?.outcomes[j].difference
                    return [cell(difference?.value, .table), cell(difference?.standardError, .table)]
                }
            }
            return ["\(candidate.id)", candidate.name] + cells(candidate.tune)
                + [candidate.tune?.limits?.rawValue ?? ""]
                + (feasibility.isEmpty ? [] : [cell(feasibility[place], .table)])
                + (confirmed ? cells(candidate.confirm) : [])
        }
        return table.text(.table)
    }
}
