import Effects
import Frames
import Policies
import Studies
import Texts

/// The focused cohort: its rule in full, who gets what there, and each outcome of the arm under the cursor beside what the
/// policy gains.
enum CohortDetail {
    static func draw(
        _ state: WorkbenchState, _ description: StudyDescription, _ row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let space = description.space
        let glyphs = frame.glyphs
        let table = CohortRows(state)
        let kind = state.results[.drillDown] != nil ? "cell" : table.kind == .groups ? "group" : "cohort"
        let name = "\(kind) \(row + 1)"
        let units = table.units(row)
        let size =
            "\(NumberText.grouped(units)) unit\(units == 1 ? "" : "s"), \(NumberText.percent(table.share(row), 1))"
        // Whatever the list has, the numbers stand here.
        let rule = table.rule(row)
        frame.write(
            StyledText(" \(name)  ", .title) + StyledText("\(size)  ", .secondary) + StyledText(rule, .accent),
            in: rect, row: 0)
        frame.write(given(state, space, row), in: rect, row: 1)
        let arm = arm(state, space, row)
        let texts = EffectText(description)
        let bar = max(9, min(60, rect.width - 56))
        let heading =
            StyledText("            ", .secondary)
            + StyledText(space.arm(arm, to: 14, glyphs) + " there", .series(arm)).padded(
                to: 20, align: .right)
            + StyledText("  ") + StyledText("95% about 0", .secondary).padded(to: bar, align: .centre)
            + StyledText("the policy there", .secondary).padded(to: 20, align: .right)
        frame.write(heading, in: rect, row: 2)
        let shown = ShownOutcomes(space, room: rect.height - 3, focus: outcome(state))
        if !shown.tally.isEmpty { frame.write("\(shown.tally) ", in: rect, row: 2, style: .secondary) }
        for (line0, j) in shown.indices.enumerated() {
            let outcome = space.outcomes[j]
            var line = StyledText(" ") + EffectText.name(j, in: space, width: 11, glyphs).padded(to: 11)
            if units < EffectText.leastUnits {
                let words = units == 0 ? "no units" : "too few units"
                line += StyledText(words, .secondary).padded(to: 20, align: .right) + StyledText("").padded(to: bar + 2)
            } else if let effect = table.effect(row, arm: arm, outcome: j) {
                let reach = max(abs(effect.low), abs(effect.high), 1e-300)
                line += texts.text(effect, j, glyphs).padded(to: 20, align: .right) + StyledText("  ")
                line += IntervalBar(
                    low: effect.low, value: effect.effect, high: effect.high, scale: -reach...reach,
                    style: Verdict(effect, sign: outcome.sign).style
                ).text(width: bar, glyphs: glyphs)
            } else {
                line += StyledText("n/a", .secondary).padded(to: 20, align: .right) + StyledText("").padded(to: bar + 2)
            }
            line += gain(state, row, j, outcome, texts, glyphs).padded(to: 20, align: .right)
            frame.write(line, in: rect, row: line0 + 3)
        }
    }

    /// The outcome of the column with the cursor; nil where it has none.
    private static func outcome(_ state: WorkbenchState) -> Int? {
        switch state.cohorts.view.column {
        case .gain(let j), .effect(_, let j): j
        case .number, .units, .share, .given: nil
        }
    }

    /// The arm whose effects are shown: that of the column with the cursor, else the one most of the cohort is given.
    private static func arm(_ state: WorkbenchState, _ space: PolicySpace, _ row: Int) -> Int {
        if case .effect(let arm, _) = state.cohorts.view.column, space.arms.indices.contains(arm) { return arm }
        let given = CohortRows(state).gain(row)?.mostlyGiven ?? 1
        return given > 0 ? given : min(1, space.armCount - 1)
    }

    private static func given(_ state: WorkbenchState, _ space: PolicySpace, _ row: Int) -> StyledText {
        guard let gain = CohortRows(state).gain(row) else {
            return StyledText(" the policy is being evaluated", .secondary)
        }
        var text = StyledText(" gets  ", .secondary)
        for arm in space.arms.indices.sorted(by: { (gain.shares[$0], -$0) > (gain.shares[$1], -$1) })
        where gain.shares[arm] > 0 {
            text +=
                StyledText(space.arms[arm], .series(arm)) + StyledText(" \(NumberText.percent(gain.shares[arm], 0))   ")
        }
        return text
    }

    private static func gain(
        _ state: WorkbenchState, _ row: Int, _ j: Int, _ outcome: PolicySpace.Outcome, _ texts: EffectText,
        _ glyphs: GlyphSet
    ) -> StyledText {
        guard let gain = CohortRows(state).gain(row)?.gains[j], let low = gain.low, let high = gain.high else {
            return StyledText("n/a", .secondary)
        }
        guard CohortRows(state).units(row) >= EffectText.leastUnits, texts.isTelling(low, high, j) else {
            return StyledText("too few", .secondary)
        }
        let verdict = Verdict(gain, sign: outcome.sign)
        let text =
            StyledText(texts.value(gain.value, j), verdict.style)
            + StyledText(" \(glyphs.plusMinus)\(texts.reach(low, high, j)) ", .secondary) + verdict.mark(glyphs)
        return state.results[.cohortGains]?.knobs == state.decisions.knobs ? text : text.with(.dimmed)
    }
}
