import Frames
import Ranking
import Statistics
import Studies
import Texts

/// One row a ranker: its area and how far it is from the first, of the first from a random order.
enum RankerTable {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        guard let view = BudgetRows.view(state) else { return }
        let name = min(20, max(12, rect.width - 34))
        var head = StyledText(" RANKER", .title).padded(to: name + 2)
        head += StyledText("area", .secondary).padded(to: 6, align: .right)
        head += StyledText("95%", .secondary).padded(to: 12, align: .right)
        head += StyledText(" against \(view.entries[0].name)", .secondary)
        frame.write(head, in: rect, row: 0)
        let focus = min(state.budget.row, view.entries.count - 1)
        let window = ScrollWindow(count: view.entries.count, focus: focus, room: max(1, rect.height - 1))
        for (row, index) in window.shown.enumerated() {
            let entry = view.entries[index]
            let isFocused = index == focus
            var text = StyledText(" ") + glyphs.focusMark(isFocused)
            text += StyledText(
                TextWidth.truncate(entry.name, to: name - 1, ellipsis: glyphs.ellipsis),
                isFocused ? .focus.bold : .text
            ).padded(to: name)
            text += StyledText(entry.area.map { NumberText.fixed($0, 3) } ?? "-").padded(to: 6, align: .right)
            let range = entry.areaInterval.map { "\(NumberText.fixed($0.low, 2)) \(NumberText.fixed($0.high, 2))" }
            text += StyledText(range ?? "-", .secondary).padded(to: 12, align: .right)
            text += StyledText(" ") + difference(entry, glyphs)
            frame.write(text.with(BudgetRows.isStale(state) ? .dimmed : []), in: rect, row: row + 1)
            frame.mark(.row(index), rect.row(row + 1))
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
        let rest = rect.height - 1 - window.shown.count
        if rest > 0, let running = state.running[.ranking] {
            frame.write(
                "   \(running.text(now: state.now))", in: rect, row: 1 + window.shown.count, style: .secondary)
        }
    }

    private static func difference(_ entry: BudgetView.Entry, _ glyphs: GlyphSet) -> StyledText {
        guard let difference = entry.difference else { return StyledText("-", .secondary) }
        let style = difference.interval.map { Verdict(low: $0.low, high: $0.high, sign: 1).style } ?? .text
        let reach = difference.interval.map {
            " \(glyphs.plusMinus)\(NumberText.fixed(($0.high - $0.low) / 2, 3))"
        }
        return StyledText(NumberText.signed(difference.value, 3), style) + StyledText(reach ?? "", .secondary)
            + StyledText(difference.reference == nil ? " random" : "", .secondary)
    }
}
