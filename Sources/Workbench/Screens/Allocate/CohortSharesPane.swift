import Frames
import Policies
import Studies
import Texts

/// Every cohort with its arms as one bar, and the rule of the focused one.
enum CohortSharesPane {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let rows = AllocateRows.cohorts(state)
        guard !rows.isEmpty else { return refusal(state, in: rect, of: &frame) }
        let flags: Style.Flags = state.results.isStale(.allocation) ? .dimmed : []
        let bar = max(8, min(24, rect.width / 3))
        legend(space, in: rect, of: &frame)
        let limits = AllocateRows.limitCount(state)
        let focus = max(0, state.allocate.row - limits)
        let ruleRows = min(3, max(rect.height >= 6 ? 2 : 1, rect.height / 6))
        let window = ScrollWindow(count: rows.count, focus: focus, room: max(1, rect.height - 2 - ruleRows))
        for (place, index) in window.shown.enumerated() {
            let row = rows[index]
            let isFocused = state.allocate.row >= limits && index == focus
            let isSplit = row.arms.count { $0 > 0.0005 } > 1
            var text = StyledText(" ") + glyphs.focusMark(isFocused)
            text += StyledText("\(row.id)").padded(to: 4, align: .right)
            text += StyledText(NumberText.percent(row.share, row.share < 0.1 ? 1 : 0)).padded(to: 6, align: .right)
            text += StyledText(" ") + stack(row.arms, width: bar, glyphs)
            text += StyledText(isSplit ? " \(glyphs.times) " : "   ", .warning)
            let room = max(1, rect.width - text.width - 1)
            text += StyledText(
                RuleText.fit(RuleText.short(row.rule), to: room, ellipsis: glyphs.ellipsis),
                isFocused ? .focus : .secondary)
            frame.write(text.with(flags), in: rect, row: place + 1)
            frame.mark(.row(limits + index), rect.row(place + 1))
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
        rule(AllocateRows.focusedCohort(state), space, rows: ruleRows, in: rect, of: &frame)
    }

    /// The arms side by side in one bar, a cell for each rounded share.
    private static func stack(_ shares: [Double], width: Int, _ glyphs: GlyphSet) -> StyledText {
        var text = StyledText()
        var done = 0
        var sum = 0.0
        for (arm, share) in shares.enumerated() {
            sum += share
            let end = arm == shares.count - 1 ? width : Int((sum * Double(width)).rounded())
            if end > done {
                text += StyledText(String(repeating: Character(glyphs.fill(arm)), count: end - done), .series(arm))
            }
            done = max(done, end)
        }
        return text
    }

    /// Columns that still tell one arm's name from another's.
    private static let leastName = 6

    private static func legend(_ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let width = space.arms.reduce(0) { $0 + TextWidth.width(of: $1) + 3 }
        var text = width + 9 <= rect.width ? StyledText(" COHORTS ", .title) : StyledText("")
        let room = width <= rect.width ? rect.width : rect.width / space.armCount - 3
        guard room >= leastName else {
            let words = "  arms in the colours of who gets what"
            let hasRoom = TextWidth.width(of: words) + 8 <= rect.width
            let note = StyledText(" COHORTS", .title) + StyledText(hasRoom ? words : "  arm by arm", .secondary)
            return frame.write(note, in: rect, row: 0)
        }
        for arm in space.arms.indices {
            let name = space.arm(arm, to: room, frame.glyphs)
            text += StyledText(" " + String(frame.glyphs.fill(arm)), .series(arm)) + StyledText(" " + name, .secondary)
        }
        frame.write(text, in: rect, row: 0)
    }

    private static func rule(
        _ cohort: StudyAllocation.Row?, _ space: PolicySpace, rows: Int, in rect: Rect, of frame: inout Frame
    ) {
        guard let cohort else { return }
        let arms = zip(space.arms, cohort.arms).filter { $1 > 0.0005 }.sorted { $0.1 > $1.1 }
            .map { "\($0) \(NumberText.percent($1, 0))" }.joined(separator: ", ")
        let words = "\(cohort.id): \(RuleText.short(cohort.rule)) get \(arms)"
        for (line, text) in TextWidth.wrap(words, to: max(10, rect.width - 2)).prefix(rows).enumerated() {
            frame.write(" " + text, in: rect, row: rect.height - rows + line, style: .text)
        }
    }

    private static func refusal(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard case .refused(let sentence)? = state.results[.allocation] else {
            frame.write(
                state.filter.isEmpty ? " cohorts are being allocated" : " no cohort has these words", in: rect, row: 1,
                style: .secondary)
            return
        }
        for (row, line) in TextWidth.wrap(sentence, to: max(10, rect.width - 3)).enumerated() {
            frame.write("  " + line, in: rect, row: 1 + row, style: .warning)
        }
    }
}
