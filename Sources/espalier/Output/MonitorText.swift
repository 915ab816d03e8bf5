import Online
import Texts

/// A launched policy as a table and sentences.
struct MonitorText {
    private let reading: MonitorReading

    init(_ reading: MonitorReading) { self.reading = reading }

    var text: String {
        var table = TextTable(
            ["outcome", "policy less holdout", "low", "high", "alarm", "loss to see", "units", "days"],
            textColumns: [0, 4])
        for outcome in reading.backtest.outcomes {
            table.rows.append([
                outcome.name, cell(outcome.last.value, .table), cell(outcome.last.low, .table),
                cell(outcome.last.high, .table), outcome.alarmDay.map { "since day \($0)" } ?? "no",
                cell(outcome.loss, .table), outcome.unitsNeeded.map(NumberText.grouped) ?? "no number",
                outcome.daysNeeded.map { "\($0)" } ?? "",
            ])
        }
        var text = table.text(.table)
        text +=
            "\nday \(reading.day), \(NumberText.grouped(reading.units)) units, \(NumberText.grouped(reading.holdout)) held out; "
        text += "the intervals of all days hold together\n"
        let warnings = reading.drift.filter(\.isWarning)
        text += warnings.isEmpty ? "no drift in \(reading.drift.count) tests\n" : ""
        for drift in warnings.prefix(Self.mostWarnings) {
            text +=
                "warning: \(drift.kind.rawValue) \(drift.name) changed by \(NumberText.significant(drift.size, 2)) "
                + "(\(NumberText.probabilityClause(drift.p)))\n"
        }
        if warnings.count > Self.mostWarnings { text += "and \(warnings.count - Self.mostWarnings) warnings more\n" }
        text += "\(reading.retrain.verdict)"
        text += reading.retrain.z.map { " (z = \(NumberText.significant($0, 2)))\n" } ?? "\n"
        return text + reading.finding + "\n"
    }

    private static let mostWarnings = 5

    /// The confidence sequence of every outcome.
    func days(_ format: FormatOption.Format) -> String {
        var table = TextTable(["outcome", "day", "units", "value", "low", "high"], textColumns: [0])
        for outcome in reading.backtest.outcomes {
            for day in outcome.days {
                table.rows.append([
                    outcome.name, "\(day.day)", "\(day.units)", cell(day.value, format), cell(day.low, format),
                    cell(day.high, format),
                ])
            }
        }
        return table.text(format)
    }
}
