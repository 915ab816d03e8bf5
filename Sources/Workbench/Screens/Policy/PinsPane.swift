import Frames
import Policies
import Texts

/// The present policy and the pinned ones side by side: outcomes, limits, shares and knobs.
enum PinsPane {
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        frame.write(
            StyledText(" PINS", .title) + StyledText("  p pins the present policy, v goes on", .secondary), in: rect,
            row: 0)
        let name = 11
        let fitting = max(1, (rect.width - name) / 14)
        let pins = Array(state.decisions.pins.enumerated()).suffix(max(0, fitting - 1))
        let policies =
            [("now", state.decisions.knobs, state.results[.evaluation])]
            + pins.map { ("pin \($0.offset + 1)", $0.element, state.pinEvaluation($0.element)) }
        guard !pins.isEmpty else {
            frame.write("   nothing is pinned yet", in: rect, row: 2, style: .secondary)
            return
        }
        var lines: [StyledText] = []
        func add(_ label: StyledText, _ entry: (PolicyKnobs, PolicyEvaluation?) -> StyledText) {
            lines.append(
                policies.reduce(label.padded(to: name)) { $0 + entry($1.1, $1.2).padded(to: 14, align: .right) })
        }
        lines.append(
            policies.reduce(StyledText("").padded(to: name)) {
                $0 + StyledText($1.0, $1.0 == "now" ? .accent : .plotPinned).padded(to: 14, align: .right)
            })
        for (j, outcome) in space.outcomes.enumerated() {
            add(StyledText(" ") + EffectText.name(j, in: space, width: name - 2, glyphs)) { _, evaluation in
                guard let evaluation else { return StyledText("estimating", .secondary) }
                return OutcomePane.change(evaluation.outcomes[j], sign: outcome.sign, glyphs)
            }
        }
        if space.hasLimits {
            add(StyledText(" limits", .secondary)) { _, evaluation in
                evaluation?.limits.map { Limits.mark($0).text(glyphs) } ?? StyledText("")
            }
        }
        for (index, arm) in space.arms.enumerated() {
            add(StyledText(" " + space.arm(index, to: name - 2, glyphs), .secondary)) { _, evaluation in
                StyledText(evaluation?.shares[arm].map { NumberText.percent($0, 0) } ?? "")
            }
        }
        for knob in state.knobs where policies.contains(where: { $0.1[knob] != 0 }) {
            add(
                StyledText(
                    " " + TextWidth.truncate(Wording.knob(knob, space), to: name - 2, ellipsis: glyphs.ellipsis),
                    .secondary)
            ) {
                knobs, _ in StyledText(Wording.number(knobs[knob]))
            }
        }
        for (row, line) in lines.prefix(rect.height - 1).enumerated() { frame.write(line, in: rect, row: row + 1) }
    }
}
