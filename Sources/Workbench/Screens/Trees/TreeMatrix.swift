import Effects
import Frames
import Policies
import Studies
import Texts

/// Leaves of every tree, arms down and outcomes across: `2 ▲` has a leaf that is surely better, `3 ▲▼` also one surely worse.
enum TreeMatrix {
    static func draw(
        _ state: WorkbenchState, _ trees: StudyTrees, _ space: PolicySpace, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let name = min(max(10, (space.arms.map(TextWidth.width).max() ?? 0) + 2), 18)
        let outcomes = space.outcomeCount
        let focus = ContrastIndex(position: state.trees.index, outcomeCount: outcomes)
        let width = max(8, min(14, (rect.width - name) / max(1, outcomes)))
        let across = ScrollWindow(count: outcomes, focus: focus.outcome, room: (rect.width - name) / width)
        let down = ScrollWindow(count: space.armCount - 1, focus: focus.arm - 1, room: rect.height - 1)
        let tally =
            across.shown.count < outcomes
            ? " of \(across.shown.lowerBound + 1)-\(across.shown.upperBound)/\(outcomes)" : ""
        var heading = (StyledText(" LEAVES", .secondary) + StyledText(tally, .secondary)).padded(to: name)
        for j in across.shown {
            heading += EffectText.name(
                j, in: space, width: width - 1, glyphs, style: j == focus.outcome ? .accent : .secondary
            )
            .padded(to: width, align: .right)
        }
        frame.write(heading, in: rect, row: 0)
        for (line, row) in down.shown.enumerated() {
            let arm = row + 1
            let label = space.arm(arm, to: name - 2, glyphs)
            var text = glyphs.focusMark(arm == focus.arm)
            text += StyledText(label, arm == focus.arm ? .accent : .text).padded(to: name - 1)
            for j in across.shown {
                let own = ContrastIndex(arm: arm, outcome: j)
                let tree = trees.trees[own.position(outcomeCount: outcomes)]
                text += cell(tree, space, isFocused: own == focus, glyphs).padded(to: width, align: .right)
            }
            frame.write(text, in: rect, row: line + 1)
        }
        down.drawMarks(in: rect, top: 1, of: &frame)
    }

    private static func cell(_ tree: CausalTree, _ space: PolicySpace, isFocused: Bool, _ glyphs: GlyphSet)
        -> StyledText
    {
        let leaves = tree.leaves
        let verdicts = leaves.map { Verdict($0.estimate, sign: space.outcomes[tree.outcome].sign) }
        var text = StyledText("\(leaves.count)", leaves.count > 1 ? .text : .secondary)
        for verdict in [Verdict.better, .worse] {
            text += verdicts.contains(verdict) ? verdict.mark(glyphs) : StyledText(" ")
        }
        return isFocused ? StyledText("[", .focus.bold) + text + StyledText("]", .focus.bold) : text + StyledText(" ")
    }
}
