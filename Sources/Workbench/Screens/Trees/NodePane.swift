import Effects
import Frames
import Policies
import Studies
import Texts

/// The focused node: the path to it in words, and its effect on every outcome beside the average of all units.
enum NodePane {
    static func draw(
        _ state: WorkbenchState, _ row: TreeRows.Row, _ tree: CausalTree, _ trees: StudyTrees,
        _ description: StudyDescription, everyArm: Bool, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let space = description.space
        let words = row.conditions.isEmpty ? "all units" : row.conditions.joined(separator: " and ")
        frame.write(StyledText(" WHERE  ", .secondary) + StyledText(words, .accent), in: rect, row: 0)
        guard let sums = state.results[.cohortSums] else {
            frame.write(" the other outcomes follow once the study is open", in: rect, row: 1, style: .secondary)
            return
        }
        let leaves = Set(tree.leaves(below: TreeRows.node(row.path, of: tree)))
        let cohorts = trees.cohorts.rows.indices.filter {
            leaves.contains(Int(trees.cohorts.rows[$0].leaves[state.trees.index]))
        }
        let arms = everyArm ? Array(1..<space.armCount) : [tree.arm]
        let texts = EffectText(description)
        let name = everyArm ? 26 : 13
        let bar = max(9, min(80, rect.width - name - 46))
        var line = 1
        let rows = everyArm ? space.outcomeCount : rect.height - 1
        let shown = ShownOutcomes(space, room: rows, focus: tree.outcome)
        if !shown.tally.isEmpty {
            frame.write(" \(shown.tally) outcomes, o the next ", in: rect, row: 0, style: .secondary, align: .right)
        }
        for arm in arms {
            for j in shown.indices where line < rect.height {
                let isOwn = arm == tree.arm && j == tree.outcome
                let effect =
                    isOwn
                    ? MeanDifference(
                        effect: row.node.effect, standardError: row.node.standardError, low: row.node.low,
                        high: row.node.high)
                    : effect(sums, cohorts, arm, j, description)
                var text = glyphs.focusMark(isOwn)
                if everyArm {
                    let label = j == 0 ? space.arm(arm, to: 12, glyphs) : ""
                    text += StyledText(label, arm == tree.arm ? .accent : .text).padded(to: 13)
                }
                text += EffectText.name(j, in: space, width: 12, glyphs).padded(to: 12)
                text += (effect.map { texts.text($0, j, glyphs) } ?? StyledText("n/a", .secondary)).padded(
                    to: 18, align: .right)
                text += StyledText("  ") + interval(effect, arm, j, description, bar, glyphs)
                text += average(arm, j, description, texts)
                frame.write(text, in: rect, row: line)
                line += 1
            }
        }
    }

    private static func effect(
        _ sums: GroupSums, _ cohorts: [Int], _ arm: Int, _ outcome: Int, _ description: StudyDescription
    ) -> MeanDifference? {
        let effect = sums.effect(
            in: cohorts, arm: arm, outcome: outcome, scale: description.space.outcomes[outcome].scale,
            addedCost: description.armCosts[arm][outcome] - description.armCosts[0][outcome],
            terms: description.space.outcomes[outcome].errorTerms(ofArm: arm))
        return effect.isEstimable ? effect.difference : nil
    }

    private static func interval(
        _ effect: MeanDifference?, _ arm: Int, _ outcome: Int, _ description: StudyDescription, _ width: Int,
        _ glyphs: GlyphSet
    ) -> StyledText {
        guard let effect else { return StyledText("").padded(to: width) }
        let verdict = Verdict(effect, sign: description.space.outcomes[outcome].sign)
        let reach = max(abs(effect.low), abs(effect.high), 1e-300) * 1.05
        return IntervalBar(
            low: effect.low, value: effect.effect, high: effect.high, scale: -reach...reach,
            style: verdict == .unsure ? .bar : verdict.style
        ).text(width: width, glyphs: glyphs)
    }

    private static func average(
        _ arm: Int, _ outcome: Int, _ description: StudyDescription, _ texts: EffectText
    ) -> StyledText {
        let all = description.averageEffects.first { $0.arm == arm && $0.outcome == outcome }
        return StyledText("  all \(all.map { texts.value($0.difference.effect, outcome) } ?? "n/a")", .secondary)
    }
}
