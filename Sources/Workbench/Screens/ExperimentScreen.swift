import Experiments
import Frames
import Policies
import Studies

/// Is this experiment healthy, and what did every arm do on average?
enum ExperimentScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let description = state.description, let health = state.health else {
            Screens.waiting("reading the experiment", state, in: rect, of: &frame)
            return
        }
        let space = description.space
        let effectRows = (space.armCount - 1) * space.outcomeCount + 1
        let (arms, rest) = rect.splitTop(min(space.armCount + 1, rect.height / 3))
        let findings = max(3, min(health.findings.count + 3, rest.height - effectRows))
        let (effects, below) = rest.splitBottom(findings)
        drawEffects(state, description, in: effects, of: &frame)
        drawArms(description, in: arms, of: &frame)
        frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
        drawFindings(state, health, in: below.inset(top: 1), of: &frame)
    }

    private static func drawArms(_ description: StudyDescription, in rect: Rect, of frame: inout Frame) {
        let total = Double(max(1, description.unitCount))
        let rows = description.space.arms.indices.map { arm -> [StyledText] in
            let observed = Double(description.armCounts[arm]) / total
            return [
                StyledText(description.space.arms[arm], arm == 0 ? .secondary : .text),
                StyledText(NumberText.grouped(description.armCounts[arm])),
                StyledText(NumberText.percent(description.plannedShares[arm], 1)),
                StyledText(NumberText.percent(observed, 1)),
                Bar(observed, style: .series(arm)).text(
                    width: max(8, rect.width - 60), glyphs: frame.glyphs),
            ]
        }
        Table(
            columns: [
                Table.Column(" ARM", width: .fixed(20)), Table.Column("units", width: .fixed(10), align: .right),
                Table.Column("planned", width: .fixed(9), align: .right),
                Table.Column("observed", width: .fixed(9), align: .right), Table.Column("", width: .flexible(min: 8)),
            ], rows: rows.map { [StyledText(" ") + $0[0]] + $0.dropFirst() }, selected: nil, offset: 0
        ).draw(in: rect, of: &frame)
    }

    /// Average effects with intervals on one shared scale per outcome.
    private static func drawEffects(
        _ state: WorkbenchState, _ description: StudyDescription, in rect: Rect, of frame: inout Frame
    ) {
        let space = description.space
        let bar = max(12, rect.width - 62)
        var rows: [[StyledText]] = []
        for (j, outcome) in space.outcomes.enumerated() {
            let own = description.averageEffects.filter { $0.outcome == j }
            let reach = own.map { max(abs($0.difference.low), abs($0.difference.high)) }.max() ?? 1
            let scale = -max(reach, 1e-300)...max(reach, 1e-300)
            for average in own {
                let estimate = average.difference
                let isSure = estimate.low > 0 || estimate.high < 0
                let style: Style = !isSure ? .bar : outcome.sign * estimate.effect > 0 ? .good : .bad
                let change =
                    average.lift.map { NumberText.percent($0.value, 1, signed: true) }
                    ?? NumberText.significant(estimate.effect, 3)
                let error =
                    average.lift.map { "±" + NumberText.fixed(196 * $0.standardError, 1) }
                    ?? "±" + NumberText.significant(1.96 * estimate.standardError, 2)
                rows.append([
                    StyledText(
                        " \(outcome.name) \(frame.glyphs == .ascii ? "" : outcome.direction == .maximize ? "▲" : "▼")"),
                    StyledText(space.arms[average.arm]), StyledText(NumberText.significant(average.controlMean, 4)),
                    StyledText(change, isSure ? style : .text), StyledText(error, .secondary),
                    IntervalBar(
                        low: estimate.low, value: estimate.effect, high: estimate.high, scale: scale, style: style
                    )
                    .text(width: bar, glyphs: frame.glyphs),
                ])
            }
        }
        Table(
            columns: [
                Table.Column(" OUTCOME", width: .fixed(14)), Table.Column("arm", width: .fixed(14)),
                Table.Column("control", width: .fixed(9), align: .right),
                Table.Column("change", width: .fixed(8), align: .right), Table.Column("", width: .fixed(7)),
                Table.Column("95% interval about 0", width: .flexible(min: 12)),
            ], rows: rows, selected: nil, offset: 0
        ).draw(in: rect, of: &frame)
    }

    private static func drawFindings(
        _ state: WorkbenchState, _ health: HealthReport, in rect: Rect, of frame: inout Frame
    ) {
        let findings = health.findings.sorted { $0.severity > $1.severity }
        let focus = min(state.findingRow, max(0, findings.count - 1))
        let room = max(1, rect.height - 1)
        let offset = max(0, min(focus - room / 2, findings.count - room))
        for (row, finding) in findings.dropFirst(offset).prefix(room).enumerated() {
            let mark: StyledText
            switch finding.severity {
            case .ok: mark = LimitMark.inside.text(frame.glyphs)
            case .note: mark = StyledText("-", .secondary)
            case .warning: mark = LimitMark.unsure.text(frame.glyphs)
            case .blocking: mark = LimitMark.outside.text(frame.glyphs)
            }
            let isFocused = row + offset == focus
            frame.write(
                StyledText(isFocused ? "\(frame.glyphs.focus)" : " ", .focus) + mark
                    + StyledText(" \(finding.sentence)"),
                in: rect, row: row)
        }
        let remedy = findings.indices.contains(focus) ? findings[focus].remedy : nil
        let well = findings.filter { $0.severity == .ok }.count
        frame.write(
            remedy.map { "   remedy: \($0)" } ?? "   \(well) of \(findings.count) checks are well; j/k reads them",
            in: rect, row: room, style: remedy == nil ? .secondary : .accent)
    }
}
