import Experiments
import Frames
import Texts

/// What was checked and what was found; nothing looks healthy that was not checked.
enum ChecksPane {
    /// Every check with its mark, the worst first.
    static func summary(_ health: HealthReport, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let findings = ExperimentRows.findings(health)
        var heading = StyledText(" CHECKS", .secondary)
        for severity in HealthFinding.Severity.allCases.reversed() {
            let count = findings.filter { $0.severity == severity }.count
            if count > 0 { heading += StyledText("  ") + mark(severity, glyphs) + StyledText(" \(count)") }
        }
        frame.write(heading, in: rect, row: 0)
        let room = rect.height - 1
        guard room > 0 else { return }
        var labels: [StyledText] = []
        var seen: Set<String> = []
        if !findings.contains(where: { $0.check.rawValue.lowercased().contains("balance") }) {
            labels.append(StyledText("! balance not checked", .warning))
        }
        for finding in findings where seen.insert(finding.check.rawValue).inserted {
            labels.append(mark(finding.severity, glyphs) + StyledText(" " + name(finding.check)))
        }
        let columns = max(1, min((labels.count + room - 1) / room, rect.width / 17))
        let width = rect.width / columns
        for (index, label) in labels.prefix(columns * room).enumerated() {
            let column = Rect(x: rect.x + 1 + index / room * width, y: rect.y + 1, width: width - 1, height: room)
            frame.write(label, in: column, row: index % room)
        }
        if labels.count > columns * room {
            let rest = "\(labels.count - columns * room) more"
            frame.write(rest, in: rect, row: 0, style: .secondary, align: .right)
        }
    }

    /// The findings in full, and the remedy of the one with the cursor.
    static func list(_ state: WorkbenchState, _ health: HealthReport, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let findings = ExperimentRows.findings(state, health)
        let hasCursor = state.experiment.pane == .checks
        let focus = hasCursor ? min(state.experiment.row, max(0, findings.count - 1)) : 0
        let focused = findings.indices.contains(focus) ? findings[focus] : nil
        let full = focused.map { $0.sentence + ($0.remedy.map { "; remedy: \($0)" } ?? "") } ?? ""
        let words = TextWidth.wrap(full, to: max(10, rect.width - 4))
        let (list, below) = rect.splitBottom(min(words.count + 1, rect.height / 2))
        frame.write(title("FINDINGS", hasCursor, "worst first", glyphs), in: list, row: 0)
        let window = ScrollWindow(count: findings.count, focus: focus, room: list.height - 1)
        for (line, index) in window.shown.enumerated() {
            let isFocused = hasCursor && index == focus
            frame.write(
                glyphs.focusMark(isFocused) + mark(findings[index].severity, glyphs)
                    + StyledText(" " + findings[index].sentence, isFocused ? .focus.bold : .text),
                in: list.splitRight(1).rest, row: line + 1)
            if hasCursor { frame.mark(.row(index), list.row(line + 1)) }
        }
        window.drawMarks(in: list, top: 1, of: &frame)
        for (line, text) in words.prefix(below.height - 1).enumerated() {
            frame.write(
                "   \(text)", in: below.inset(top: 1), row: line, style: focused?.remedy == nil ? .secondary : .accent)
        }
    }

    /// A pane's name, with a mark where the cursor is.
    static func title(_ name: String, _ hasCursor: Bool, _ hint: String, _ glyphs: GlyphSet) -> StyledText {
        glyphs.focusMark(hasCursor)
            + StyledText(name, hasCursor ? .accent : .secondary) + StyledText("  " + hint, .secondary)
    }

    static func mark(_ severity: HealthFinding.Severity, _ glyphs: GlyphSet) -> StyledText {
        switch severity {
        case .ok: LimitMark.inside.text(glyphs)
        case .note: StyledText("i", .accent)
        case .warning: StyledText("!", .warning)
        case .blocking: LimitMark.outside.text(glyphs)
        }
    }

    /// "sampleRatio" as "sample ratio".
    static func name(_ check: HealthFinding.Check) -> String {
        check.rawValue.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }
}
