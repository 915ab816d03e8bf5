import Experiments
import Frames
import Texts

/// Columns and their parts on the left, the focused column on the right.
package enum SetupScreen {
    package static func draw(_ state: SetupState, width: Int, height: Int, glyphs: GlyphSet) -> Frame {
        var frame = Frame(width: width, height: height, glyphs: glyphs)
        guard Screens.fits(width: width, height: height, &frame) else { return frame }
        let (top, rest) = frame.bounds.splitTop(3)
        let (body, bottom) = rest.splitBottom(3)
        header(state, in: top, of: &frame)
        let (left, right) = body.splitLeft(min(84, body.width * 47 / 80))
        columns(state, in: left, of: &frame)
        frame.verticalRule(x: right.x, from: right.y - 1, to: right.maxY, style: .border)
        SetupDetails.draw(
            state, in: Rect(x: right.x + 2, y: right.y, width: right.width - 3, height: right.height), of: &frame)
        footer(state, in: bottom, of: &frame)
        SetupOverlays.draw(state, in: body, of: &frame)
        return frame
    }

    private static func header(_ state: SetupState, in rect: Rect, of frame: inout Frame) {
        let draft = state.draft
        let file = draft.dataPath.split(separator: "/").last.map(String.init) ?? draft.dataPath
        frame.write(
            StyledText(" set up \(file)", .title)
                + StyledText(
                    "   \(NumberText.grouped(draft.rowCount))\(draft.sawAllRows ? "" : "+") rows   "
                        + "\(draft.columns.count) columns"), in: rect, row: 0)
        frame.write(checks(state), in: rect, row: 0, align: .right)
        let unit = draft.unit.map { "unit \($0)" } ?? "each row a unit"
        frame.write(
            " \(unit) · \(draft.arms.count) arms, control \(draft.arms[0].name)\(draft.controlIsAGuess ? " ?" : "") · \(count(draft.outcomes.count, "outcome"))"
                + " · \(count(draft.covariates.count, "covariate"))", in: rect, row: 1, style: .secondary)
        frame.horizontalRule(y: rect.y + 2, from: rect.x, to: rect.maxX - 1, style: .border)
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// Nothing looks healthy that was not checked.
    private static func checks(_ state: SetupState) -> StyledText {
        if state.isChecking { return StyledText("checking ", .secondary) }
        if state.failure != nil { return StyledText("cannot be read as it is ", .bad) }
        guard let health = state.health else { return StyledText("not checked ", .warning) }
        switch health.worst {
        case .ok, .note: return StyledText("checks ok ", .good)
        case .warning: return StyledText("checks warn ", .warning)
        case .blocking: return StyledText("A CHECK FAILS ", .bad.bold)
        }
    }

    private static func columns(_ state: SetupState, in rect: Rect, of frame: inout Frame) {
        let name = max(12, rect.width - 31)
        frame.write(
            StyledText("   COLUMN", .secondary).padded(to: name + 3)
                + StyledText("PART", .secondary).padded(to: 16) + StyledText("VALUES", .secondary), in: rect, row: 0)
        let order = state.order
        let room = rect.height - 1
        let offset = Table.offset(0, showing: state.row, capacity: room, count: order.count)
        for (row, column) in order.dropFirst(offset).prefix(room).enumerated() {
            let isFocused = column.name == state.focused
            let style: Style = isFocused ? .focus.bold : .text
            let mark = state.findings(about: column.name).isEmpty ? " " : "!"
            var text = StyledText(isFocused ? " \(frame.glyphs.focus)" : "  ", .focus) + StyledText(mark, .warning)
            text += StyledText(TextWidth.truncate(column.name, to: name - 1), style).padded(to: name)
            text += part(column.name, state.draft, frame.glyphs).padded(to: 16)
            text += StyledText(values(column, state.draft), .secondary)
            frame.write(text, in: rect, row: row + 1)
        }
        if order.count > offset + room {
            frame.write(String(frame.glyphs.down), x: rect.maxX - 1, y: rect.maxY - 1, style: .secondary, in: rect)
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
            let arrow = outcome.direction == .maximize ? glyphs.up : glyphs.down
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

    private static func footer(_ state: SetupState, in rect: Rect, of frame: inout Frame) {
        frame.horizontalRule(y: rect.y, from: rect.x, to: rect.maxX - 1, style: .border)
        if case .prompt(let prompt, let text) = state.overlay {
            frame.write(
                StyledText(" \(SetupAnswers.question(prompt, state)) ", .accent) + StyledText(text)
                    + StyledText("_", .focus), in: rect, row: 1)
            frame.write(" Enter accept  Esc leave  Ctrl-U clear", in: rect, row: 2, style: .key)
            return
        }
        frame.write(" " + (state.message.isEmpty ? finding(state) : state.message), in: rect, row: 1, style: .status)
        func hint(_ entry: SetupKeys.Entry) -> StyledText {
            StyledText(" " + (entry.keys.first?.displayName ?? ""), .key) + StyledText(" \(entry.hint) ", .secondary)
        }
        let lasting = SetupKeys.table.filter { SetupKeys.lasting.contains($0.hint) }.map(hint)
        let room = rect.width - lasting.reduce(0) { $0 + $1.width }
        var line = StyledText("")
        for entry in SetupKeys.table where !entry.hint.isEmpty && !SetupKeys.lasting.contains(entry.hint) {
            let next = hint(entry)
            if line.width + next.width <= room { line += next }
        }
        frame.write(lasting.reduce(line, +), in: rect, row: 2)
    }

    /// The screen's finding in one plain sentence.
    private static func finding(_ state: SetupState) -> String {
        if let problem = state.draft.problem { return "this is no spec yet: \(problem)" }
        if let failure = state.failure { return failure }
        if state.draft.controlIsAGuess {
            return "\(state.draft.arms[0].name) as control is a guess, and every sign hangs on it; c takes the next arm"
        }
        let worst = state.health?.findings.filter { $0.severity > .note }.max { $0.severity < $1.severity }
        if let worst { return worst.sentence + (worst.remedy.map { "; \($0)" } ?? "") }
        return "every guess is worth a look; w writes the spec and opens the workbench"
    }
}
