import Online
import Texts

/// A round as a table and sentences.
struct RoundText {
    private let round: Int
    private let reading: RoundReading

    init(_ round: Int, _ reading: RoundReading) {
        self.round = round
        self.reading = reading
    }

    var text: String {
        var text = table(.table)
        text += "\nround \(round), \(NumberText.grouped(reading.users)) units; intervals hold together "
        text += "(\(NumberText.significant(reading.critical, 3)) standard errors)\n"
        text += "policies' counts against their shares: \(NumberText.probabilityClause(reading.sampleRatioP))\n"
        for line in reading.lines {
            text += sentence(line) + "\n"
        }
        return text + reading.finding + "\n"
    }

    func table(_ format: FormatOption.Format) -> String {
        var table = TextTable(
            ["policy", "outcome", "users", "value", "SE", "difference", "low", "high", "limit", "P(best)"],
            textColumns: [0, 1, 8])
        for policy in reading.policies {
            for (index, outcome) in policy.outcomes.enumerated() {
                let difference = outcome.difference
                table.rows.append([
                    policy.name, outcome.name, "\(policy.users)", cell(outcome.value, format),
                    cell(outcome.standardError, format), cell(difference?.value, format),
                    cell(difference?.simultaneousLow, format), cell(difference?.simultaneousHigh, format),
                    outcome.limit?.rawValue ?? "", index == 0 ? cell(policy.probabilityBest, format) : "",
                ])
            }
        }
        return table.text(format)
    }

    private func sentence(_ line: RoundReading.Line) -> String {
        guard let york = line.line, let interval = york.slopeInterval() else {
            return "\(line.outcome): no line of online against offline, for \(line.reason ?? "it has too few points")"
        }
        func number(_ value: Double) -> String { NumberText.significant(value, 3) }
        return
            "\(line.outcome): online is \(number(york.intercept)) + \(number(york.slope)) times what offline promised "
            + "(slope \(number(interval.low)) to \(number(interval.high)))"
    }
}
