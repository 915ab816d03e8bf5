import Frames
import Texts

/// Rows with a name and columns of figures, as many of them as there is room for, and what is left for intervals on one axis.
struct FigureTable {
    struct Column {
        let title: String
        /// The columns of least rank are there where not all have room.
        let rank: Int
        let cells: [StyledText]
        var isLeft = false

        var width: Int { max(TextWidth.width(of: title), cells.map(\.width).max() ?? 0) }
    }

    let title: String
    /// In the style of each row, without the cursor.
    let names: [StyledText]
    let columns: [Column]
    /// Where there is room, an interval for every row; empty for none.
    var bars: [IntervalBar?] = []
    /// The row with the cursor; nil for a table without one.
    let focus: Int?
    /// The row that is kept in view where none has the cursor.
    var shown = 0

    /// The least rank of columns that no name is cut for.
    private static let firstFurther = 4
    private static let leastName = 9
    private static let mostName = 22
    private static let leastBar = 12
    private static let mostBar = 48

    /// - Parameter marks: whether a click means a row.
    func draw(in rect: Rect, marks: Bool, of frame: inout Frame) {
        guard rect.height > 0 else { return }
        let fitting = columns(width: rect.width)
        let widest = max(names.map(\.width).max() ?? 0, TextWidth.width(of: title) - 1)
        let used = fitting.reduce(2) { $0 + $1.width + 1 }
        let name = max(Self.leastName, min(min(widest, Self.mostName), rect.width - used - 1))
        let room = min(Self.mostBar, rect.width - used - name - 2)
        let bar = bars.isEmpty || room < Self.leastBar ? 0 : room
        var header = StyledText(" " + title, .title).padded(to: name + 2)
        for column in fitting {
            header += StyledText(" ") + cell(StyledText(column.title, .secondary), column)
        }
        frame.write(header, in: rect, row: 0)
        let window = ScrollWindow(count: names.count, focus: focus ?? shown, room: rect.height - 1)
        for (row, index) in window.shown.enumerated() {
            let isFocused = index == focus
            var text = StyledText(" ") + (focus == nil ? StyledText(" ") : frame.glyphs.focusMark(isFocused))
            let plain = TextWidth.truncate(names[index].plain, to: name, ellipsis: frame.glyphs.ellipsis)
            let style = isFocused ? Style.focus.bold : names[index].spans.first?.style ?? .text
            text += StyledText(plain, style).padded(to: name)
            for column in fitting { text += StyledText(" ") + cell(column.cells[index], column) }
            if bar > 0 {
                text += StyledText("  ") + (bars[index]?.text(width: bar, glyphs: frame.glyphs) ?? StyledText(""))
            }
            frame.write(text, in: rect, row: row + 1)
            if marks { frame.mark(.row(index), rect.row(row + 1)) }
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
    }

    private func cell(_ text: StyledText, _ column: Column) -> StyledText {
        text.padded(to: column.width, align: column.isLeft ? .left : .right)
    }

    /// Those that have room beside a name and the arrows at the edge: further ones beside names that are whole.
    private func columns(width: Int) -> [Column] {
        let widest = min(Self.mostName, names.map(\.width).max() ?? 0)
        var left = width - max(min(Self.leastName, widest), TextWidth.width(of: title) - 1) - 3
        let spare = max(0, widest - Self.leastName)
        var shown: Set<Int> = []
        for (index, column) in columns.enumerated().sorted(by: { $0.element.rank < $1.element.rank }) {
            guard column.width + 1 <= left - (column.rank >= Self.firstFurther ? spare : 0) else { break }
            left -= column.width + 1
            shown.insert(index)
        }
        return columns.enumerated().filter { shown.contains($0.offset) }.map(\.element)
    }
}
