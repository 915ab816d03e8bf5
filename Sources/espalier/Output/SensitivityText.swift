import Policies
import Studies
import Texts

/// What moves what, one row per knob.
enum SensitivityText {
    static func table(_ sensitivity: Sensitivity, _ space: PolicySpace, _ format: FormatOption.Format) -> TextTable {
        func number(_ value: Double) -> String { NumberText.string(value, .significant(4)) }
        func bound(_ value: Double) -> String { value.isFinite ? number(value) : "no limit" }
        if format == .csv { return long(sensitivity, space) }
        let percent = NumberText.percent(sensitivity.allowedShare, 1)
        var table = TextTable(
            ["knob", "value", "1% is", "units moved", "\(percent) from", "to"]
                + space.outcomes.flatMap { ["\($0.name) per 1%", "SE"] })
        table.rows = sensitivity.parameters.map { parameter in
            let changes = space.outcomes.indices.flatMap { j -> [String] in
                guard let change = parameter.changes?[j] else { return ["-", "-"] }
                return [number(change.value), change.standardError.map(number) ?? "-"]
            }
            return [
                parameter.knob.name(in: space), number(parameter.value), number(parameter.step),
                NumberText.percent(parameter.changedShare, 2),
                bound(parameter.low), bound(parameter.high),
            ] + changes
        }
        return table
    }

    /// One row per knob and outcome.
    private static func long(_ sensitivity: Sensitivity, _ space: PolicySpace) -> TextTable {
        var table = TextTable([
            "knob", "value", "step", "share_moved", "allowed_share", "low", "high", "outcome", "change_per_step",
            "standard_error",
        ])
        for parameter in sensitivity.parameters {
            let own = [
                parameter.value, parameter.step, parameter.changedShare, sensitivity.allowedShare,
                parameter.low.isFinite ? parameter.low : nil, parameter.high.isFinite ? parameter.high : nil,
            ].map { cell($0, .csv) }
            for (j, outcome) in space.outcomes.enumerated() {
                let change = parameter.changes?[j]
                table.rows.append(
                    [parameter.knob.name(in: space)] + own
                        + [outcome.name, cell(change?.value, .csv), cell(change?.standardError, .csv)])
            }
        }
        return table
    }

    static func notes(_ sensitivity: Sensitivity, _ candidate: Candidate) -> String {
        let percent = NumberText.percent(sensitivity.allowedShare, 1)
        var text = "around candidate \(candidate.name), on tune; exact, from the units' own breakpoints\n"
        text += "within from ... to at most \(percent) of the units get another arm, the other knobs held\n"
        if sensitivity.parameters.contains(where: \.isOfUnit) {
            text += "where a knob is 0, 1% is of its track's unit\n"
        }
        return text
    }
}
