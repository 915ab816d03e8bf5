import Experiments
import Frames
import Texts

/// Help, templates and the spec as it would be written.
enum SetupOverlays {
    static func draw(_ state: SetupState, in rect: Rect, of frame: inout Frame) {
        switch state.overlay {
        case .none, .prompt: break
        case .help(let offset):
            HelpList.draw(
                SetupKeys.table.map { HelpList.line($0.keys, $0.name) }, title: "keys of set up", offset, in: rect,
                of: &frame)
        case .yaml(let offset): yaml(state, offset, in: rect, of: &frame)
        case .templates(let row): templates(row, in: rect, of: &frame)
        }
    }

    private static func yaml(_ state: SetupState, _ offset: Int, in rect: Rect, of frame: inout Frame) {
        let inside = frame.box(rect, title: " \(state.specPath) ", style: .border, titleStyle: .title)
        let lines = state.draft.yaml.split(separator: "\n", omittingEmptySubsequences: false)
        for (row, line) in lines.dropFirst(offset).prefix(inside.height).enumerated() {
            let (code, comment) = parts(line)
            frame.write(StyledText(code) + StyledText(comment, .secondary), in: inside, row: row)
        }
    }

    /// A line's code and its comment, which our own lines set apart by two spaces.
    private static func parts(_ line: Substring) -> (String, String) {
        guard let mark = line.range(of: "  # ") else {
            return line.hasPrefix("#") ? ("", String(line)) : (String(line), "")
        }
        return (String(line[..<mark.lowerBound]), String(line[mark.lowerBound...]))
    }

    private static func templates(_ row: Int, in rect: Rect, of frame: inout Frame) {
        let inside = frame.box(
            rect.centred(width: min(rect.width, 72), height: SpecTemplate.allCases.count * 3 + 2), title: " templates ",
            style: .border, titleStyle: .title)
        for (index, template) in SpecTemplate.allCases.enumerated() {
            let isFocused = index == row
            frame.write(
                StyledText(" ") + frame.glyphs.focusMark(isFocused) + StyledText(" ")
                    + StyledText(template.title, isFocused ? .focus.bold : .text), in: inside, row: index * 3)
            for (line, words) in TextWidth.wrap(template.summary, to: inside.width - 5).prefix(2).enumerated() {
                frame.write("     " + words, in: inside, row: index * 3 + 1 + line, style: .secondary)
            }
        }
    }
}
