import Frames
import Policies
import Ranking
import Statistics
import Studies
import Texts

/// What is ranked, the budget as a slider with what it brings, every outcome at that budget, and who is targeted.
enum SpendingPane {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let value = BudgetRows.value(state, space)
        var row = 0
        func setting(_ name: String, _ key: String, _ text: StyledText) {
            frame.write(
                StyledText(" " + name, .title).padded(to: 8) + StyledText(key + " ", .key) + text, in: rect, row: row)
            row += 1
        }
        let room = max(6, rect.width - 11)
        setting("GAIN", "v", EffectText.name(value, in: space, width: room, glyphs))
        let cost = BudgetRows.cost(state)
        setting(
            "SPEND", "c",
            StyledText(
                TextWidth.truncate(cost ?? "no outcome yet", to: room, ellipsis: glyphs.ellipsis),
                cost == nil ? .warning : .text))
        setting(
            "BY ARM", "o",
            StyledText(
                space.arm(BudgetRows.arm(state, space), to: room, glyphs)))
        setting("BUDGET", "b", StyledText(BudgetRows.unit(state.budget.budget)))
        slider(state, in: rect, row: &row, of: &frame)
        guard let view = BudgetRows.view(state) else { return }
        spending(state, view, in: rect, row: &row, of: &frame)
        effects(state, space, in: rect, row: row, of: &frame)
    }

    private static func slider(
        _ state: WorkbenchState, in rect: Rect, row: inout Int, of frame: inout Frame
    ) {
        let curve = BudgetRows.view(state)?.entry(state.budget.row).curve
        let track = BudgetTrack(state.budget.budget, curve)
        let width = max(8, rect.width - 12)
        let text =
            StyledText(BudgetRows.text(state.budget.budget), .focus.bold).padded(to: 9, align: .right)
            + StyledText(" ")
            + SliderTrack(position: track.position, hasFocus: true).text(width: width, glyphs: frame.glyphs)
        frame.write(text, in: rect, row: row)
        let place = rect.row(row)
        frame.mark(.track(0), Rect(x: place.x + 10, y: place.y, width: width, height: 1))
        row += 1
    }

    /// Value, cost and what a unit of cost brings, on tune and on confirm.
    private static func spending(
        _ state: WorkbenchState, _ view: BudgetView, in rect: Rect, row: inout Int, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let flags: Style.Flags = BudgetRows.isStale(state) ? .dimmed : []
        let own = view.entry(state.budget.row).point(state.budget.budget)
        // The same units: confirm judges the share that tune chose.
        let seen = BudgetRows.confirmed(state)?.point(.share(own.share))
        let name = rect.width < 40 ? 8 : 11
        // Until confirm is looked at, tune has the room for its intervals.
        let column = seen == nil ? min(20, rect.width - name - 11) : (rect.width - name - 1) / 2
        var head = StyledText("").padded(to: name)
        head += StyledText("tune", .secondary).padded(to: column, align: .right)
        head +=
            seen == nil
            ? StyledText(" C", .key) + StyledText(" confirm", .secondary)
            : StyledText("confirm", .secondary).padded(to: column, align: .right)
        frame.write(head, in: rect, row: row)
        let lines: [(String, (BudgetView.Point) -> (Double?, Interval?))] = [
            (view.ranking.value, { ($0.value, $0.valueInterval) }), (view.ranking.cost, { ($0.cost, $0.costInterval) }),
            ("per cost", { ($0.efficiency, $0.efficiencyInterval) }),
        ]
        for (offset, (title, figure)) in lines.enumerated() {
            var text = StyledText(" ")
            text += StyledText(TextWidth.truncate(title, to: name - 1, ellipsis: glyphs.ellipsis)).padded(to: name - 1)
            for point in [own, seen].compactMap({ $0 }) {
                text += self.figure(figure(point), width: column, glyphs).padded(to: column, align: .right)
            }
            frame.write(text.with(flags), in: rect, row: row + 1 + offset)
        }
        row += 1 + lines.count
    }

    private static func figure(
        _ figure: (value: Double?, interval: Interval?), width: Int, _ glyphs: GlyphSet
    ) -> StyledText {
        guard let value = figure.value else { return StyledText("-", .secondary) }
        let text = Wording.number(value, fitting: max(4, width - 8))
        let room = max(3, min(6, width - TextWidth.width(of: text) - 3))
        let reach = figure.interval.map {
            " \(glyphs.plusMinus)\(Wording.number(($0.high - $0.low) / 2, fitting: room))"
        }
        return StyledText(text) + StyledText(reach ?? " ?", .secondary)
    }

    private static func effects(
        _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, row: Int, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        guard row < rect.height - 1, let answer = state.results[.budgetEffects] else { return }
        let flags: Style.Flags = state.results.isStale(.budgetEffects) ? .dimmed : []
        guard case .known(let effects) = answer else {
            guard case .refused(let why) = answer else { return }
            for (offset, line) in TextWidth.wrap(why, to: max(10, rect.width - 2)).enumerated() {
                frame.write(" " + line, in: rect, row: row + offset, style: .warning)
            }
            return
        }
        frame.write(
            StyledText(" ALL OUTCOMES", .title) + StyledText("  doubly robust", .secondary), in: rect, row: row)
        var row = row + 1
        // Cohorts keep two lines where there are few.
        for (j, outcome) in effects.evaluation.outcomes.enumerated() where row < rect.height - 2 {
            var text = StyledText(" ") + EffectText.name(j, in: space, width: 12, glyphs).padded(to: 13)
            if let change = Wording.change(outcome) {
                text += StyledText(change.value).padded(to: 7, align: .right)
                text += StyledText(" \(glyphs.plusMinus)\(change.reach)", .secondary)
            }
            if let limit = outcome.limit { text += StyledText(" ") + Limits.mark(limit).text(glyphs) }
            frame.write(text.with(flags), in: rect, row: row)
            row += 1
        }
        frame.write(
            StyledText(" TARGETED", .title)
                + StyledText("  \(NumberText.percent(effects.share, 0)) of units, by cohort", .secondary),
            in: rect, row: row)
        let bar = max(4, min(10, rect.width / 5))
        for (offset, cohort) in effects.cohorts.prefix(max(0, rect.height - row - 1)).enumerated() {
            var text = StyledText("\(cohort.id)").padded(to: 4, align: .right) + StyledText(" ")
            text += Bar(cohort.targeted).text(width: bar, glyphs: glyphs)
            text += StyledText(NumberText.percent(cohort.targeted, 0)).padded(to: 5, align: .right) + StyledText(" ")
            text += StyledText(
                RuleText.fit(
                    RuleText.short(cohort.rule), to: max(1, rect.width - text.width - 1), ellipsis: glyphs.ellipsis),
                .secondary)
            frame.write(text.with(flags), in: rect, row: row + 1 + offset)
        }
    }
}
