import Statistics
import Studies
import Texts

/// The next round as a table and sentences.
struct NextText {
    private let next: NextRound

    init(_ next: NextRound) { self.next = next }

    var text: String {
        let record = next.record
        var text = table(.table)
        text +=
            "\nby round\(record.rounds.count == 1 ? "" : "s") \(record.rounds.map { "\($0)" }.joined(separator: ", "))"
        text += record.reason.map { ", and averages alone: \($0)\n" } ?? ", all units of all rounds\n"
        let resting = zip(next.recommended, record.recommended).filter { ($1.modelShare ?? 0) > Self.mostUnseen }
        if !resting.isEmpty {
            let names = resting.map { "\($0.0.name) (\(NumberText.percent($0.1.modelShare ?? 0, 0)))" }
            text +=
                "units whose arm never occurred rest on a model alone: \(names.joined(separator: ", ")); a slice drawn at random "
                + "(`online plan --slice 0.05`) would show them\n"
        }
        text += "next: \(next.batch.map(\.name).joined(separator: ", "))\n"
        return text + record.finding + "\n"
    }

    /// Shares of units without data that are worth a word (METHODS 8.1).
    private static let mostUnseen = 0.05

    /// The policies recommended, by outcome; in CSV those of the next round too.
    func table(_ format: FormatOption.Format) -> String {
        var table = TextTable(
            ["policy", "role", "outcome", "difference", "SE", "low", "high", "limit"], textColumns: [0, 1, 2, 7])
        for (candidate, held) in zip(next.recommended, next.record.recommended) {
            for outcome in held.outcomes {
                table.rows.append([
                    candidate.name, "recommended", outcome.name, cell(outcome.difference.value, format),
                    cell(outcome.difference.standardError, format), cell(outcome.difference.low, format),
                    cell(outcome.difference.high, format), outcome.limit?.rawValue ?? "",
                ])
            }
        }
        if format == .csv {
            for candidate in next.batch { table.rows.append([candidate.name, "next", "", "", "", "", "", ""]) }
        }
        return table.text(format)
    }
}
