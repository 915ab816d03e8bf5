import Experiments
import Frames
import Texts

extension SetupScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        if let broken = state.setup.broken { return BrokenSpecPane.draw(broken, in: rect, of: &frame) }
        guard let editing = state.setup.editing else { return }
        let (left, right) = rect.splitLeft(min(84, rect.width * 47 / 80))
        columns(state, editing, in: left, of: &frame)
        frame.verticalRule(x: right.x, from: right.y - 1, to: right.maxY, style: .border)
        SetupDetails.draw(
            state, editing, in: Rect(x: right.x + 2, y: right.y, width: right.width - 3, height: right.height),
            of: &frame)
    }

    package static func drawHeader(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        if let broken = state.setup.broken { return BrokenSpecPane.drawHeader(broken, in: rect, of: &frame) }
        guard let draft = state.setup.editing?.draft else { return }
        let file = draft.dataPath.split(separator: "/").last.map(String.init) ?? draft.dataPath
        frame.write(
            StyledText(" set up \(file)", .title)
                + StyledText(
                    "   \(NumberText.grouped(draft.rowCount))\(draft.sawAllRows ? "" : "+") rows   "
                        + "\(draft.columns.count) columns"), in: rect, row: 0)
        frame.write(checks(state), in: rect, row: 0, align: .right)
        let unit = draft.unit.map { "unit \($0)" } ?? "each row a unit"
        frame.write(
            " \(unit) · \(draft.arms.count) arms, control \(draft.arms[0].name)\(draft.controlIsAGuess ? " ?" : "")"
                + " · \(count(draft.outcomes.count, "outcome"))"
                + " · \(count(draft.covariates.count, "covariate"))", in: rect, row: 1, style: .secondary)
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// Nothing looks healthy that was not checked.
    private static func checks(_ state: WorkbenchState) -> StyledText {
        if state.results.isStale(.draftChecks) { return StyledText("checking ", .secondary) }
        let checks = state.results[.draftChecks]
        if checks.failure != nil { return StyledText("cannot be read as it is ", .bad) }
        guard let health = checks.health else { return StyledText("not checked ", .warning) }
        switch health.worst {
        case .ok, .note: return StyledText("checks ok ", .good)
        case .warning: return StyledText("checks warn ", .warning)
        case .blocking: return StyledText("A CHECK FAILS ", .bad.bold)
        }
    }

    private static func columns(
        _ state: WorkbenchState, _ editing: SpecEditing, in rect: Rect, of frame: inout Frame
    ) {
        let name = max(12, rect.width - 31)
        frame.write(
            StyledText("   COLUMN", .secondary).padded(to: name + 3)
                + StyledText("PART", .secondary).padded(to: 16)
                + (state.filter.isEmpty
                    ? StyledText("VALUES", .secondary) : StyledText("with \"\(state.filter)\"", .accent)),
            in: rect, row: 0)
        let order = columns(state)
        let room = rect.height - 1
        let offset = Table.offset(0, showing: row(state), capacity: room, count: order.count)
        for (row, column) in order.dropFirst(offset).prefix(room).enumerated() {
            let isFocused = column.name == editing.focused
            let style: Style = isFocused ? .focus.bold : .text
            let mark = state.draftFindings(about: column.name).isEmpty ? " " : "!"
            var text = StyledText(isFocused ? " \(frame.glyphs.focus)" : "  ", .focus) + StyledText(mark, .warning)
            text += StyledText(
                TextWidth.shorten(
                    column.name, among: order.lazy.map(\.name), to: name - 1, ellipsis: frame.glyphs.ellipsis), style
            ).padded(to: name)
            text += part(column.name, editing.draft, frame.glyphs).padded(to: 16)
            text += StyledText(values(column, editing.draft), .secondary)
            frame.write(text, in: rect, row: row + 1)
            frame.mark(.row(row + offset), rect.row(row + 1))
        }
        if order.count > offset + room {
            frame.write(String(frame.glyphs.more), x: rect.maxX - 1, y: rect.maxY - 1, style: .secondary, in: rect)
        }
    }

    private static func part(_ name: String, _ draft: SpecDraft, _ glyphs: GlyphSet) -> StyledText {
        switch draft.part(of: name) {
        case .treatment: return StyledText(draft.treatmentIsAGuess ? "treatment ?" : "treatment", .accent)
        case .unit: return StyledText("unit", .accent)
        case .covariate: return StyledText("covariate")
        case .leftOut: return StyledText("left out", .secondary)
        case .outcome:
            guard let index = draft.outcome(of: name) else { return StyledText("") }
            let outcome = draft.outcomes[index]
            let arrow = outcome.direction == .maximize ? glyphs.higher : glyphs.lower
            let what = index == 0 ? "objective" : outcome.name == name ? "outcome" : "in \(outcome.name)"
            let guess = draft.outcomeIsAGuess ? " ?" : ""
            let limit = outcome.threshold == nil ? "" : " limit"
            return StyledText("\(what) \(arrow)\(guess)\(limit)", .good)
        }
    }

    private static func values(_ column: SpecDraft.Column, _ draft: SpecDraft) -> String {
        if column.name == draft.treatment { return "\(draft.arms.count) arms" }
        if column.isBinary { return "0 or 1" }
        if column.isIdentity, !column.isNumeric { return "all differ" }
        let isLevels = draft.covariates[column.name] == .categorical || !column.isNumeric
        return isLevels ? "\(NumberText.grouped(column.distinct)) levels" : "numbers"
    }
}
