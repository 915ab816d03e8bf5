import Frames
import Groups
import Policies
import Statistics
import Studies
import Texts

/// Cohort by cohort as the Cohorts screen has them, the largest first: which arm the policy gives to most of it, what that
/// gains there, and why: the leaf effects of that arm in units of the first outcome, as the weights count them.
enum PolicyCohortsPane {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let table = CohortRows(state, showsCells: false)
        frame.write(
            StyledText(" WHO GETS WHAT, AND WHY", .title)
                + StyledText(table.kind == .groups ? "  groups of cohorts" : "  largest cohorts", .secondary), in: rect,
            row: 0)
        guard let description = state.facts.description, table.count > 0, table.gain(0) != nil,
            let gains = state.results[.cohortGains]
        else {
            frame.write(" the policy is being evaluated by cohort", in: rect, row: 1, style: .secondary)
            return
        }
        let flags: Style.Flags = gains.knobs == state.decisions.knobs ? [] : .dimmed
        let texts = EffectText(description)
        let policy = LinearPolicy(state.decisions.knobs, in: space)
        let why = rect.width >= 64 ? min(rect.width / 2, 14 * space.outcomeCount + 12) : 0
        let arm = min(max(8, (space.arms.map(TextWidth.width).max() ?? 0) + 1), 12)
        let rule = max(8, rect.width - why - arm - 18)
        var heading =
            StyledText(" rule", .secondary).padded(to: rule + 1) + StyledText("gives", .secondary).padded(to: arm + 5)
        heading += StyledText(space.outcome(0, to: 8, glyphs), .secondary).padded(
            to: 9, align: .right)
        if why > 0 { heading += StyledText("  why, in \(space.outcomes[0].name)", .secondary) }
        frame.write(heading, in: rect, row: 1)
        let room = rect.height - 2
        for row in 0..<min(table.count, max(0, room)) {
            guard let gain = table.gain(row) else { break }
            let previous = row > 0 ? table.words(row - 1) : ""
            let words = RuleText.fit(
                RuleText.after(previous, table.words(row)), to: rule - 1, ellipsis: glyphs.ellipsis)
            let given = gain.mostlyGiven
            var text = StyledText(" " + words).padded(to: rule + 1)
            text += StyledText(
                space.arm(given, to: arm - 1, glyphs), .series(given)
            ).padded(to: arm)
            text += StyledText(NumberText.percent(gain.shares[given], 0), .secondary).padded(to: 5, align: .right)
            text += value(gain.gains[0], texts, space, glyphs).padded(to: 9, align: .right)
            if why > 0 { text += StyledText("  ") + reasons(row, given, policy, table, space) }
            frame.write(text.with(flags), in: rect, row: row + 2)
        }
    }

    private static func value(
        _ gain: Estimate?, _ texts: EffectText, _ space: PolicySpace, _ glyphs: GlyphSet
    ) -> StyledText {
        guard let gain else { return StyledText("n/a", .secondary) }
        let verdict = Verdict(gain, sign: space.outcomes[0].sign)
        return StyledText(texts.value(gain.value, 0), verdict.style) + verdict.mark(glyphs)
    }

    /// "sessions +0.12  ctr -0.03  bias +0.01".
    private static func reasons(
        _ cohort: Int, _ arm: Int, _ policy: LinearPolicy, _ table: CohortRows, _ space: PolicySpace
    ) -> StyledText {
        guard arm > 0 else { return StyledText("no arm is worth more than control", .secondary) }
        var text = StyledText()
        for (j, outcome) in space.outcomes.enumerated() where policy.weights[j] != 0 {
            guard let effect = table.effect(cohort, arm: arm, outcome: j)?.effect else { continue }
            let worth = policy.worth(of: effect, on: j, in: space)
            text += StyledText("\(outcome.name) ", .secondary)
            text += StyledText("\(Wording.signedShort(worth))  ", worth > 0 ? .good : .bad)
        }
        if policy.biases[arm] != 0 {
            text += StyledText("bias ", .secondary) + StyledText(Wording.signedShort(policy.biases[arm]))
        }
        return text
    }
}
