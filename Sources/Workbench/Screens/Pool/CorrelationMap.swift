import Frames
import Pooling
import Texts

/// How the effects of the experiments go together over units, alike side by side; the part around the focused experiment.
enum CorrelationMap {
    private static let legend: [(mark: CorrelationMark, words: String)] = [
        (.strong, ">.75"), (.medium, ">.5"), (.weak, ">.25"), (.opposed, "<-.25"), (.stronglyOpposed, "<-.5"),
    ]

    static func draw(
        _ structure: PoolStructure.Outcome, focused: String, in rect: Rect, of frame: inout Frame
    ) {
        var title = StyledText(rect.width >= 50 ? " CORRELATED " : " ", .title)
        // Where there is no room for the bounds the marks stand alone.
        let isNarrow = rect.width < 32
        for (mark, words) in legend {
            title += StyledText(String(mark.rawValue), style(mark))
            title += StyledText(isNarrow ? " " : "\(words) ", .secondary)
            if isNarrow, mark == .weak || mark == .stronglyOpposed {
                title += StyledText(mark == .weak ? "alike  " : "opposed", .secondary)
            }
        }
        frame.write(title, in: rect, row: 0)
        let names = structure.contrasts
        let width = min(names.map { TextWidth.width(of: $0) }.max() ?? 0, max(8, rect.width / 3))
        let room = rect.width - width - 4
        let isFocused = names.map { $0 == focused || $0.hasPrefix(focused + ": ") }
        let focus = isFocused.firstIndex(of: true) ?? 0
        let rows = ScrollWindow(count: names.count, focus: focus, room: rect.height - 1)
        // Cells of two columns are nearly square.
        let cell = 2 * names.count <= room ? 2 : 1
        let columns = ScrollWindow(count: names.count, focus: focus, room: room / cell).shown
        for (row, index) in rows.shown.enumerated() {
            var text = StyledText(" ")
            text += StyledText(
                TextWidth.truncate(names[index], to: width, ellipsis: frame.glyphs.ellipsis),
                isFocused[index] ? .focus.bold : .secondary
            ).padded(to: width + 1)
            for column in columns {
                let mark = CorrelationMark(structure.correlations[index][column])
                text += StyledText(String(repeating: mark.rawValue, count: cell), style(mark))
            }
            frame.write(text, in: rect, row: row + 1)
        }
        rows.drawMarks(in: rect, top: 1, of: &frame)
    }

    private static func style(_ mark: CorrelationMark) -> Style {
        switch mark {
        case .strong: .bar.bold
        case .medium, .weak: .bar
        case .none: .text
        case .opposed: .warning
        case .stronglyOpposed: .warning.bold
        }
    }
}
