import Frames
import Pooling
import Statistics
import Texts

/// One row an experiment: its units and arms, what it has of the pool, what the others have of it, and whom it is like.
enum PooledExperimentList {
    /// Columns of the list that there is room for.
    private struct Columns {
        let name: Int
        let hasCounts: Bool
        let given: Int
        let nearest: Int

        init(width: Int) {
            hasCounts = width >= 38
            let isWide = width >= 56
            given = isWide ? 13 : 7
            let rest = width - 2 - (hasCounts ? 11 : 0) - 7 - given - 2
            name = isWide ? max(14, rest / 2) : rest
            nearest = max(0, rest - name - 1)
        }
    }

    static func draw(_ state: WorkbenchState, _ fit: PoolFit, in rect: Rect, of frame: inout Frame) {
        let columns = Columns(width: rect.width)
        frame.write(header(columns), in: rect, row: 0)
        let experiments = PoolRows.experiments(state)
        let focus = experiments.firstIndex(of: state.pool.focused) ?? 0
        let window = ScrollWindow(count: experiments.count, focus: focus, room: rect.height - 1)
        for (row, index) in window.shown.enumerated() {
            let text = line(experiments[index], state, fit, columns, frame.glyphs)
            frame.write(text, in: rect, row: row + 1)
            frame.mark(.row(index), rect.row(row + 1))
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
    }

    private static func header(_ columns: Columns) -> StyledText {
        var text = StyledText("  EXPERIMENT", .title).padded(to: columns.name + 2)
        func add(_ title: String, _ width: Int) {
            text += StyledText(title, .secondary).padded(to: width, align: .right)
        }
        if columns.hasCounts {
            add("units", 6)
            add("arms", 5)
        }
        add("has", 7)
        add("gives", columns.given)
        if columns.nearest > 0 { text += StyledText("   is like", .secondary) }
        return text
    }

    private static func line(
        _ experiment: Int, _ state: WorkbenchState, _ fit: PoolFit, _ columns: Columns, _ glyphs: GlyphSet
    ) -> StyledText {
        let entry = fit.model.shape.experiments[experiment]
        let isFocused = experiment == state.pool.focused
        var text = StyledText(" ") + glyphs.focusMark(isFocused)
        text += StyledText(
            TextWidth.truncate(entry.name, to: columns.name - 1, ellipsis: glyphs.ellipsis),
            isFocused ? .focus.bold : .text
        ).padded(to: columns.name)
        func add(_ part: StyledText, _ width: Int) { text += part.padded(to: width, align: .right) }
        if columns.hasCounts {
            add(StyledText(NumberText.grouped(fit.unitCounts[experiment])), 6)
            add(StyledText("\(entry.arms.count)"), 5)
        }
        let influence = fit.influence?.rows[experiment]
        add(StyledText(influence.map { Wording.points($0.gained) } ?? "-"), 7)
        add(given(influence, hasReach: columns.given > 7, glyphs), columns.given)
        text += StyledText(" ")
        text += influence.map { Verdict($0.given, sign: 1).mark(glyphs) } ?? StyledText(" ")
        if columns.nearest > 0, state.results[.poolNeighbours].indices.contains(experiment) {
            let names = state.results[.poolNeighbours][experiment].prefix(3).map(\.name).joined(separator: ", ")
            text += StyledText(
                " " + TextWidth.truncate(names, to: columns.nearest - 1, ellipsis: glyphs.ellipsis), .secondary)
        }
        return text
    }

    private static func given(_ influence: PoolInfluence.Row?, hasReach: Bool, _ glyphs: GlyphSet) -> StyledText {
        guard let influence else { return StyledText("-") }
        let verdict = Verdict(influence.given, sign: 1)
        let reach = influence.given.halfWidth().map { " \(glyphs.plusMinus)\(Wording.bare($0))" }
        return StyledText(Wording.points(influence.given.value), verdict.style)
            + StyledText(hasReach ? reach ?? "" : "", .secondary)
    }
}
