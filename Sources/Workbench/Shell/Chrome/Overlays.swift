import Frames
import Texts

/// The lists that lie over a screen: help and palette, made from the key table, the steps of undo, the themes.
enum Overlays {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        switch state.overlay {
        case .none, .prompt, .leaving: return
        case .help(let offset): HelpList.draw(state, offset, in: rect, of: &frame)
        case .palette(let text, let row): palette(state, text, row, in: rect, of: &frame)
        case .history(let row): history(state, row, in: rect, of: &frame)
        case .themes(let row, _): themes(state, row, in: rect, of: &frame)
        case .choices(let choices, let row): self.choices(choices, row, in: rect, of: &frame)
        case .page(let page, let offset): self.page(page, offset, in: rect, of: &frame)
        }
    }

    /// Puts the cursor of the list on a row; false where the overlay has no rows.
    static func focus(_ row: Int, _ state: inout WorkbenchState) -> Bool {
        switch state.overlay {
        case .palette(let text, _): state.overlay = .palette(text: text, row: row)
        case .history: state.overlay = .history(row: row)
        case .themes(_, let before): state.overlay = .themes(row: row, before: before)
        case .choices(let choices, _): state.overlay = .choices(choices, row: row)
        case .none, .help, .page, .prompt, .leaving: return false
        }
        return true
    }

    private static func palette(
        _ state: WorkbenchState, _ text: String, _ row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let found = Input.paletteRows(state, text)
        let inside = box(rect, width: 66, height: 16, title: "actions", of: &frame)
        frame.write(StyledText(" : ", .accent) + StyledText(text) + StyledText("_", .focus), in: inside, row: 0)
        let rows = found.map { found in
            (
                found.binding.name,
                (found.screen.map { "\($0.title) " } ?? "") + (found.binding.keys.first?.displayName ?? "")
            )
        }
        list(rows, focus: row, in: inside.inset(top: 1), of: &frame)
        if found.isEmpty { frame.write("   no action has these words", in: inside, row: 1, style: .secondary) }
    }

    private static func history(_ state: WorkbenchState, _ row: Int, in rect: Rect, of frame: inout Frame) {
        let past = state.history.past
        let future = state.history.future.reversed()
        let rows =
            past.enumerated().map { ($1.name, $0 + 1 == past.count ? "now" : "") }
            + future.map { ($0.name, "undone") }
        let inside = box(rect, width: 56, height: rows.count + 3, title: "steps", of: &frame)
        let (area, foot) = inside.splitBottom(1)
        list(rows, focus: row, in: area, of: &frame)
        frame.write(" Enter goes to the state after the step  u  Ctrl-R", in: foot, style: .key)
    }

    private static func themes(_ state: WorkbenchState, _ row: Int, in rect: Rect, of frame: inout Frame) {
        let themes = state.preferences.themes
        let inside = box(rect, width: 60, height: themes.count + 5, title: "themes", of: &frame)
        let (area, foot) = inside.splitBottom(3)
        list(themes.map { ($0, "") }, focus: row, in: area, of: &frame)
        var sample = StyledText(" ")
        for (text, style) in [
            ("text", Style.text), ("good", .good), ("bad", .bad), ("warning", .warning), ("limit", .limit),
            ("key", .key), ("focus", .focus), ("picked", .plotPick),
        ] { sample += StyledText(text, style) + StyledText(" ") }
        frame.write(sample, in: foot, row: 0)
        var series = StyledText(" arms ", .secondary)
        for index in 0..<8 { series += StyledText("\(index + 1) ", .series(index)) }
        series += StyledText("  outcomes ", .secondary)
        for index in 0..<4 { series += StyledText("\(index + 1) ", .outcome(index)) }
        frame.write(series, in: foot, row: 1)
        frame.write(" Enter keeps it  Esc goes back", in: foot, row: 2, style: .key)
    }

    /// Names with their sentences below, two lines each.
    private static func choices(_ choices: Choices, _ row: Int, in rect: Rect, of frame: inout Frame) {
        let inside = box(rect, width: 72, height: choices.entries.count * 3 + 2, title: choices.title, of: &frame)
        let window = ScrollWindow(count: choices.entries.count, focus: row, room: max(1, inside.height / 3))
        for (line, index) in window.shown.enumerated() {
            let entry = choices.entries[index]
            let isFocused = index == row
            frame.write(
                StyledText(" ") + frame.glyphs.focusMark(isFocused) + StyledText(" ")
                    + StyledText(entry.name, isFocused ? .focus.bold : .text), in: inside, row: line * 3)
            for (below, words) in TextWidth.wrap(entry.words, to: inside.width - 5).prefix(2).enumerated() {
                frame.write("     " + words, in: inside, row: line * 3 + 1 + below, style: .secondary)
            }
            frame.mark(.row(index), inside.row(line * 3))
        }
    }

    /// A text as it is, what follows two spaces and a # receding; below it the keys that answer it.
    private static func page(_ page: Page, _ offset: Int, in rect: Rect, of frame: inout Frame) {
        let isAsking = !page.answers.isEmpty
        let height = isAsking ? page.lines.count + page.answers.count + 3 : rect.height
        let inside = box(rect, width: isAsking ? 78 : rect.width, height: height, title: page.title, of: &frame)
        let (area, foot) = inside.splitBottom(isAsking ? page.answers.count + 1 : 0)
        let first = max(0, min(offset, page.lines.count - area.height))
        for (row, line) in page.lines.dropFirst(first).prefix(area.height).enumerated() {
            let (code, comment) = parts(line)
            frame.write(StyledText(code) + StyledText(comment, .secondary), in: area, row: row)
        }
        guard isAsking else { return }
        for (row, answer) in page.answers.enumerated() {
            frame.write(
                StyledText(" \(answer.key.displayName) ", .key.bold) + StyledText(answer.words), in: foot, row: row)
        }
        let rest = page.lines.count - first - area.height
        let more = rest > 0 ? "j/k \(rest) more lines, any" : "any"
        frame.write(StyledText(" \(more) other key goes back", .secondary), in: foot, row: page.answers.count)
    }

    private static func parts(_ line: Substring) -> (String, String) {
        guard let mark = line.range(of: "  # ") else {
            return line.hasPrefix("#") ? ("", String(line)) : (String(line), "")
        }
        return (String(line[..<mark.lowerBound]), String(line[mark.lowerBound...]))
    }

    /// A box in the middle of the screen; the mouse means its rows alone.
    static func box(_ rect: Rect, width: Int, height: Int, title: String, of frame: inout Frame) -> Rect {
        frame.unmark()
        return frame.box(
            rect.centred(width: min(rect.width, width), height: min(rect.height, height)), title: title,
            style: .border, titleStyle: .title)
    }

    /// Names with something at their right, the row with the cursor among those shown.
    private static func list(_ rows: [(name: String, right: String)], focus: Int, in rect: Rect, of frame: inout Frame)
    {
        guard !rect.isEmpty else { return }
        let offset = Table.offset(focus - rect.height / 2, showing: focus, capacity: rect.height, count: rows.count)
        for (line, row) in rows.dropFirst(offset).prefix(rect.height).enumerated() {
            let isFocused = line + offset == focus
            let right = StyledText(row.right + " ", .key)
            let name =
                StyledText(" ") + frame.glyphs.focusMark(isFocused) + StyledText(" ")
                + StyledText(
                    TextWidth.truncate(row.name, to: max(0, rect.width - right.width - 4)),
                    isFocused ? .focus.bold : .text)
            frame.write(name.padded(to: rect.width - right.width) + right, in: rect, row: line)
            frame.mark(.row(line + offset), rect.row(line))
        }
    }
}
