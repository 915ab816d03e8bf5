import Effects
import Frames
import Policies
import Studies
import Texts

/// The table of the Cohorts screen: the rule stands still, the columns after it follow the cursor.
struct CohortGrid {
    private let state: WorkbenchState
    private let space: PolicySpace
    private let texts: EffectText
    private let rows: [Int]
    private let table: CohortRows
    private let glyphs: GlyphSet
    private let columns: [CohortsView.Column]
    /// The greatest |effect| of each outcome, for the heat.
    private let reach: [Double]

    init(_ state: WorkbenchState, _ description: StudyDescription, _ rows: [Int], glyphs: GlyphSet) {
        self.state = state
        space = description.space
        texts = EffectText(description)
        self.rows = rows
        self.glyphs = glyphs
        let table = CohortRows(state)
        self.table = table
        columns = table.columns
        let space = description.space
        reach = space.outcomes.indices.map { j in
            let effects = rows.flatMap { row in
                (1..<space.armCount).compactMap { arm in
                    table.effect(row, arm: arm, outcome: j).map { abs($0.effect) }
                }
            }
            return effects.max() ?? 0
        }
    }

    func draw(in rect: Rect, of frame: inout Frame) {
        let number = max(3, "\(table.count)".count + 1)
        let all = columns.reduce(0) { $0 + width($1) + 1 }
        // The rule gets what the columns leave, but at least a quarter and never more than it needs.
        let spare = rect.width - number - 4 - all
        let rule = ruleWidth(atMost: max(spare, rect.width * (rect.width >= 110 ? 4 : 3) / 10))
        let left = number + rule + 4
        let shown = shownColumns(in: rect.width - left)
        var x = rect.x + left
        var places: [(column: CohortsView.Column, x: Int)] = []
        for column in shown {
            places.append((column, x))
            x += width(column) + 1
        }
        drawHeader(places, number: number, hidden: columns.count - shown.count, in: rect, of: &frame)
        let window = ScrollWindow(count: rows.count, focus: state.cohorts.row, room: rect.height - 2)
        for (line, place) in window.shown.enumerated() {
            drawRow(
                place, places, number: number, rule: rule, firstShown: window.first, row: line + 2, in: rect, of: &frame
            )
        }
        window.drawMarks(in: rect, top: 2, of: &frame)
        if rows.isEmpty {
            frame.write("  no rule has these words; Esc in / or c shows all", in: rect, row: 2, style: .secondary)
        }
    }

    /// What the widest rule needs; no more rules are looked at once one needs all there is.
    private func ruleWidth(atMost room: Int) -> Int {
        var widest = 12
        for row in rows where widest < room {
            widest = max(widest, TextWidth.width(of: RuleText.short(table.words(row))))
        }
        return min(widest, room)
    }

    // MARK: Columns

    private func width(_ column: CohortsView.Column) -> Int {
        switch column {
        case .number: 4
        case .units: 8
        case .share: 6
        case .given: min(max(10, (space.arms.map(TextWidth.width).max() ?? 0) + 5), 16)
        case .gain(let j), .effect(_, let j): min(max(8, TextWidth.width(of: space.outcomes[j].name) + 1), 12)
        }
    }

    /// As many as fit, the one with the cursor among them.
    private func shownColumns(in room: Int) -> [CohortsView.Column] {
        let cursor = columns.firstIndex(of: state.cohorts.view.column) ?? 0
        func fitting(from first: Int) -> Range<Int> {
            var used = 0
            var last = first
            while last < columns.count, used + width(columns[last]) + (last > first ? 1 : 0) <= room {
                used += width(columns[last]) + (last > first ? 1 : 0)
                last += 1
            }
            return first..<max(last, min(first + 1, columns.count))
        }
        var first = 0
        while first < cursor, !fitting(from: first).contains(cursor) { first += 1 }
        return Array(columns[fitting(from: first)])
    }

    /// What stands above a run of columns.
    private func group(_ column: CohortsView.Column, to width: Int = .max) -> String {
        switch column {
        case .number, .units, .share: ""
        case .given, .gain: TextWidth.truncate("THE POLICY", to: width, ellipsis: glyphs.ellipsis)
        case .effect(let arm, _): space.arm(arm, to: width, glyphs)
        }
    }

    private func title(_ column: CohortsView.Column, to width: Int) -> String {
        switch column {
        case .number: "#"
        case .units: "units"
        case .share: "share"
        case .given: "gives"
        case .gain(let j), .effect(_, let j): space.outcome(j, to: width, glyphs)
        }
    }

    private func drawHeader(
        _ places: [(column: CohortsView.Column, x: Int)], number: Int, hidden: Int, in rect: Rect, of frame: inout Frame
    ) {
        var start = 0
        while start < places.count {
            let name = group(places[start].column)
            let end = places[start...].prefix { group($0.column) == name }.endIndex
            let from = places[start].x
            let to = places[end - 1].x + width(places[end - 1].column) - 1
            if !name.isEmpty {
                for x in from...to {
                    frame.write(String(glyphs.horizontal), x: x, y: rect.y, style: .border, in: rect)
                }
                let label = group(places[start].column, to: to - from - 1)
                frame.write("\(label) ", x: from, y: rect.y, style: .title, in: rect)
            }
            start = end
        }
        frame.write(
            StyledText(" #", .secondary).padded(to: number + 3) + StyledText("RULE", .secondary), in: rect, row: 1)
        if hidden > 0 {
            frame.write(
                "\(hidden) more \(glyphs.leftArrow)\(glyphs.rightArrow)", x: rect.x + 1, y: rect.y, style: .secondary,
                in: rect)
        }
        for (column, x) in places {
            let isCursor = column == state.cohorts.view.column
            var text = title(column, to: width(column) - 1)
            if column == state.cohorts.view.sort {
                let arrow = state.cohorts.view.isAscending ? glyphs.ascending : glyphs.descending
                text = title(column, to: width(column) - 2) + String(arrow)
            }
            let styled = StyledText(text, isCursor ? .focus.bold : .secondary)
            let marked = isCursor ? StyledText(String(glyphs.focus), .focus.bold) + styled : styled
            frame.write(
                column == .given ? marked : marked.padded(to: width(column), align: .right), x: x, y: rect.y + 1,
                in: rect)
        }
    }

    // MARK: Rows

    private func drawRow(
        _ place: Int, _ places: [(column: CohortsView.Column, x: Int)], number: Int, rule: Int, firstShown: Int,
        row line: Int,
        in rect: Rect, of frame: inout Frame
    ) {
        let row = rows[place]
        let isFocused = place == state.cohorts.row
        let isMarked = state.cohorts.view.marked.contains(row)
        var text = glyphs.focusMark(isFocused)
        text += StyledText("\(row + 1)", isFocused ? .focus.bold : .secondary).padded(to: number, align: .left)
        text += StyledText(isMarked ? String(glyphs.pick) : " ", .plotPick)
        text += StyledText(" ")
        let previous = place > firstShown ? table.words(rows[place - 1]) : ""
        let words = RuleText.fit(
            RuleText.after(previous, table.words(row)), to: rule, ellipsis: glyphs.ellipsis)
        text += StyledText(words, isFocused ? .focus.bold : isMarked ? .selection : .text)
        frame.write(text, in: rect, row: line)
        frame.mark(.row(place), rect.row(line))
        for (column, x) in places {
            let cell = entry(column, row)
            let styled = column == .given ? cell : cell.padded(to: width(column), align: .right)
            frame.write(styled, x: x, y: rect.y + line, in: rect)
        }
    }

    private func entry(_ column: CohortsView.Column, _ row: Int) -> StyledText {
        switch column {
        case .number: return StyledText("\(row + 1)", .secondary)
        case .units: return StyledText(NumberText.grouped(table.units(row)))
        case .share: return StyledText(NumberText.percent(table.share(row), 1), .secondary)
        case .given:
            guard let gain = table.gain(row), gain.units > 0 else { return StyledText("-", .secondary) }
            let arm = gain.mostlyGiven
            let name = space.arm(arm, to: width(.given) - 5, glyphs)
            let share = NumberText.percent(gain.shares[arm], 0)
            let isStale = state.results[.cohortGains]?.knobs != state.decisions.knobs
            let text =
                StyledText(name, .series(arm)).padded(to: width(.given) - 5)
                + StyledText(share, .secondary).padded(to: 5, align: .right)
            return isStale ? text.with(.dimmed) : text
        case .gain(let j):
            guard let gain = table.gain(row)?.gains[j] else { return StyledText("n/a", .secondary) }
            let verdict = Verdict(gain, sign: space.outcomes[j].sign)
            let isStale = state.results[.cohortGains]?.knobs != state.decisions.knobs
            guard table.units(row) >= EffectText.leastUnits, let low = gain.low, let high = gain.high,
                texts.isTelling(low, high, j)
            else { return StyledText("few ", .secondary) }
            let text = StyledText(texts.value(gain.value, j), verdict.style) + verdict.mark(glyphs)
            return isStale ? text.with(.dimmed) : text
        case .effect(let arm, let j):
            guard let effect = table.effect(row, arm: arm, outcome: j) else {
                return StyledText("n/a", .secondary) + StyledText(" ")
            }
            guard table.units(row) > 0 else { return StyledText("- ", .secondary) }
            return table.units(row) >= EffectText.leastUnits && texts.isTelling(effect.low, effect.high, j)
                ? heated(effect, j) : StyledText("few ", .secondary)
        }
    }

    /// Sure effects in their role, bolder the greater they are; the others recede.
    private func heated(_ effect: MeanDifference, _ outcome: Int) -> StyledText {
        let verdict = Verdict(effect, sign: space.outcomes[outcome].sign)
        let share = reach[outcome] > 0 ? abs(effect.effect) / reach[outcome] : 0
        let style: Style = verdict == .unsure ? .secondary : share > 0.66 ? verdict.style.bold : verdict.style
        return StyledText(texts.value(effect.effect, outcome), style) + verdict.mark(glyphs)
    }
}
