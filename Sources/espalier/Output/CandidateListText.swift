import Policies
import Studies
import Texts

/// Candidates with what was decided about them, in any format.
enum CandidateListText {
    static func write(
        _ candidates: [Candidate], hidden: Set<Int> = [], _ study: Study, _ format: FormatOption.Format
    ) throws {
        switch format {
        case .json:
            try Output.write(
                json: candidates.map {
                    CandidateListDocument($0, isHidden: hidden.contains($0.id), in: study.space)
                })
        case .csv: try Output.write(long(candidates, hidden: hidden, study.space).text(.csv))
        case .table: try Output.write(table(candidates, hidden, study.space).text(.table))
        }
    }

    /// One row per candidate: differences from control on tune, and on confirm where it was opened.
    private static func table(_ candidates: [Candidate], _ hidden: Set<Int>, _ space: PolicySpace) -> TextTable {
        let names = space.outcomes.map(\.name)
        let confirmed = candidates.contains { $0.confirm != nil }
        let columns = names.flatMap { [$0, "SE"] }
        var table = TextTable(
            ["id", "name", "origin", "is"] + columns + ["limits"]
                + (confirmed ? names.flatMap { ["confirm \($0)", "SE"] } : []) + ["note"],
            textColumns: [1, 2, 3, 4 + columns.count, 5 + columns.count * (confirmed ? 2 : 1)])
        table.rows = candidates.map { candidate in
            func cells(_ evaluation: PolicyEvaluation?) -> [String] {
                names.indices.flatMap { j -> [String] in
                    let difference = evaluation?.outcomes[j].difference
                    return [difference?.value, difference?.standardError].map { cell($0, .table) }
                }
            }
            let decided = (candidate.isPicked ? ["picked"] : []) + (hidden.contains(candidate.id) ? ["hidden"] : [])
            return ["\(candidate.id)", candidate.name, origin(candidate), decided.joined(separator: " ")]
                + cells(candidate.tune) + [candidate.tune?.limits?.rawValue ?? ""]
                + (confirmed ? cells(candidate.confirm) : []) + [candidate.note]
        }
        return table
    }

    /// One row per candidate, split and outcome.
    /// - Parameter feasibility: by id, the probability of keeping all limits; empty leaves the column out.
    static func long(
        _ candidates: [Candidate], hidden: Set<Int> = [], _ space: PolicySpace, feasibility: [Int: Double?] = [:]
    ) -> TextTable {
        var table = TextTable(
            [
                "id", "name", "origin", "picked", "hidden", "note", "split", "outcome", "difference",
                "standard_error", "low", "high", "limit",
            ] + (feasibility.isEmpty ? [] : ["probability_limits"]))
        for candidate in candidates {
            for evaluation in [candidate.tune, candidate.confirm].compactMap({ $0 }) {
                table.rows += evaluation.outcomes.map { outcome in
                    let difference = outcome.difference
                    return [
                        "\(candidate.id)", candidate.name, origin(candidate), candidate.isPicked ? "1" : "0",
                        hidden.contains(candidate.id) ? "1" : "0", candidate.note, evaluation.split.rawValue,
                        outcome.name,
                    ]
                        + [difference?.value, difference?.standardError, difference?.low, difference?.high].map {
                            cell($0, .csv)
                        } + [outcome.limit?.rawValue ?? ""]
                        + (feasibility.isEmpty ? [] : [cell(feasibility[candidate.id] ?? nil, .csv)])
                }
            }
        }
        return table
    }

    /// The knobs as options of other commands take them.
    static func knobs(_ candidate: Candidate, _ space: PolicySpace) -> String {
        var table = TextTable(["knob", "name", "value"], textColumns: [0, 1])
        for (j, outcome) in space.outcomes.enumerated() {
            table.rows.append(["weight", outcome.name, cell(candidate.knobs.weights[j], .table)])
        }
        for (arm, name) in space.arms.enumerated().dropFirst() {
            table.rows.append(["bias", name, cell(candidate.knobs.biases[arm], .table)])
        }
        for (j, outcome) in space.outcomes.enumerated() where candidate.knobs.shrinkage[j] != 0 {
            table.rows.append(["shrink", outcome.name, cell(candidate.knobs.shrinkage[j], .table)])
        }
        return table.text(.table)
    }

    private static func origin(_ candidate: Candidate) -> String {
        switch candidate.origin {
        case .hand: "hand"
        case .search(let number): "search \(number)"
        }
    }
}
