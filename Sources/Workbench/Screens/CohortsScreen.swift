import Frames
import Policies
import Studies

/// The merged cohorts: rule, size, and the leaf effect of every arm and outcome.
enum CohortsScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let trees = state.trees, let description = state.description else {
            Screens.waiting("cohorts are being merged", state, in: rect, of: &frame)
            return
        }
        let space = description.space
        let rows = CohortRows.rows(state)
        let pairs = (1..<space.armCount).flatMap { arm in space.outcomes.indices.map { (arm: arm, outcome: $0) } }
        let width = 9
        let fit = max(1, (rect.width - 34) / (width + 1))
        // The sorted column is always among those shown.
        let first = max(0, min(state.cohortSort - 1, pairs.count - fit))
        let shown = Array(pairs.dropFirst(max(0, first)).prefix(fit))
        frame.write(heading(state, pairs, space, shown: shown.count), in: rect, row: 0)
        let (table, detail) = rect.inset(top: 1).splitBottom(4)
        let cells = rows.map { index -> [StyledText] in
            let row = trees.cohorts.rows[index]
            let effects = shown.map { pair -> StyledText in
                let effect = trees.cohorts.effect(cohort: index, arm: pair.arm, outcome: pair.outcome)
                let isSure = effect.low > 0 || effect.high < 0
                let style: Style =
                    !isSure ? .secondary : space.outcomes[pair.outcome].sign * effect.effect > 0 ? .good : .bad
                return StyledText(NumberText.significant(effect.effect, 2) + (isSure ? "*" : " "), style)
            }
            return [
                StyledText(" \(row.id)"), StyledText(row.rule), StyledText(NumberText.grouped(row.units)),
            ] + effects
        }
        let room = max(1, table.height - 1)
        let columns =
            [
                Table.Column(" #", width: .fixed(4)), Table.Column("RULE", width: .flexible(min: 12)),
                Table.Column("units", width: .fixed(7), align: .right),
            ]
            + shown.map { pair in
                Table.Column(
                    TextWidth.truncate(space.arms[pair.arm], to: 4) + " "
                        + TextWidth.truncate(space.outcomes[pair.outcome].name, to: 4), width: .fixed(width),
                    align: .right)
            }
        Table(
            columns: columns, rows: cells, selected: rows.isEmpty ? nil : state.cohortRow,
            offset: max(0, min(state.cohortRow - room / 2, rows.count - room))
        ).draw(in: table, of: &frame)
        drawDetail(state, rows, in: detail, of: &frame)
    }

    private static func heading(
        _ state: WorkbenchState, _ pairs: [(arm: Int, outcome: Int)], _ space: PolicySpace, shown: Int
    ) -> StyledText {
        let sorted: String
        if state.cohortSort == 0 {
            sorted = "units"
        } else {
            let pair = pairs[state.cohortSort - 1]
            sorted = "\(space.arms[pair.arm]) on \(space.outcomes[pair.outcome].name)"
        }
        var text = StyledText(" leaf effects", .secondary) + StyledText("   sorted by \(sorted)", .text)
        if !state.filter.isEmpty { text += StyledText("   rules with \"\(state.filter)\"", .accent) }
        if shown < pairs.count { text += StyledText("   \(shown) of \(pairs.count) columns", .secondary) }
        return text + StyledText("   * excludes 0", .secondary)
    }

    private static func drawDetail(_ state: WorkbenchState, _ rows: [Int], in rect: Rect, of frame: inout Frame) {
        frame.horizontalRule(y: rect.y, from: rect.x, to: rect.maxX - 1, style: .border)
        guard let trees = state.trees, rows.indices.contains(state.cohortRow) else { return }
        let row = trees.cohorts.rows[rows[state.cohortRow]]
        let text = "cohort \(row.id), \(NumberText.percent(row.share, 1)) of units: \(row.rule)"
        for (line, words) in TextWidth.wrap(text, to: max(10, rect.width - 4)).prefix(3).enumerated() {
            frame.write("  \(words)", in: rect.inset(top: 1), row: line, style: .accent)
        }
    }
}
