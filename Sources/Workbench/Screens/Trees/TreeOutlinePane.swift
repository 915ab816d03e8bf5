import Effects
import Frames
import Policies
import Studies
import Texts

/// One tree as a collapsible outline: rule, units, effect with interval, and a bar from zero, better to the right.
enum TreeOutlinePane {
    static func draw(
        _ state: WorkbenchState, _ rows: [TreeRows.Row], _ tree: CausalTree, _ description: StudyDescription,
        in rect: Rect,
        of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let outcome = description.space.outcomes[tree.outcome]
        let texts = EffectText(description)
        let widest = rows.map { row in row.depth * 3 + TextWidth.width(of: row.node.rule) + 4 }.max() ?? 16
        // The bar gives way to the rules, down to what still tells a sign.
        let bar = max(7, min(61, rect.width / 4 | 1, rect.width - 41 - widest - 1 | 1))
        let side = bar / 2
        let rule = min(max(24, widest), max(20, rect.width - bar - 41))
        let heading =
            StyledText(" RULE", .secondary).padded(to: rule + 1)
            + StyledText("units", .secondary).padded(to: 10, align: .right)
            + StyledText("share", .secondary).padded(to: 7, align: .right)
            + StyledText("effect   95%", .secondary).padded(to: 18, align: .right) + StyledText("   ")
            + StyledText(side > 5 ? "worse" : "", .secondary).padded(to: side) + StyledText("0", .secondary)
            + StyledText(side > 5 ? "better" : "", .secondary).padded(to: side, align: .right)
        frame.write(heading, in: rect, row: 0)
        let scale = rows.map { max(abs($0.node.effect), 1e-300) }.max() ?? 1
        let total = Double(max(1, rows.first?.node.units ?? 1))
        let window = ScrollWindow(count: rows.count, focus: state.trees.row, room: rect.height - 1)
        for (line, index) in window.shown.enumerated() {
            let row = rows[index]
            let isFocused = index == state.trees.row
            let estimate = MeanDifference(
                effect: row.node.effect, standardError: row.node.standardError, low: row.node.low, high: row.node.high)
            let verdict = Verdict(estimate, sign: outcome.sign)
            var text = glyphs.focusMark(isFocused)
            text += label(row, state, isFocused: isFocused, width: rule, glyphs).padded(to: rule)
            text += StyledText(NumberText.grouped(row.node.units)).padded(to: 10, align: .right)
            text += StyledText(NumberText.percent(Double(row.node.units) / total, 0), .secondary).padded(
                to: 7, align: .right)
            text += texts.text(estimate, tree.outcome, glyphs).padded(to: 20, align: .right) + StyledText(" ")
            text += CentredBar(
                outcome.sign * row.node.effect, scale: scale, positive: verdict == .unsure ? .bar : .good,
                negative: verdict == .unsure ? .bar : .bad
            ).text(width: bar, glyphs: glyphs)
            frame.write(text, in: rect, row: line + 1)
            frame.mark(.row(index), rect.row(line + 1))
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
        if rows.count == 1, rect.height > 4 {
            frame.write(
                "   one leaf: pruning kept no split, so every unit has the average effect here", in: rect, row: 3,
                style: .secondary)
            frame.write("   h/l and o go to the trees with more leaves", in: rect, row: 4, style: .secondary)
        }
    }

    private static func label(
        _ row: TreeRows.Row, _ state: WorkbenchState, isFocused: Bool, width: Int, _ glyphs: GlyphSet
    ) -> StyledText {
        var trunk = ""
        for last in row.isLast.dropLast() { trunk += last ? glyphs.treeBlank : glyphs.treeTrunk }
        if let last = row.isLast.last { trunk += last ? glyphs.treeLast : glyphs.treeBranch }
        let fold = row.node.children.isEmpty ? "" : state.trees.collapsed.contains(row.path) ? "+ " : "- "
        let room = max(4, width - TextWidth.width(of: trunk + fold) - 1)
        return StyledText(trunk, .border) + StyledText(fold, .secondary)
            + StyledText(
                RuleText.fit(row.node.rule, to: room, ellipsis: glyphs.ellipsis), isFocused ? .focus.bold : .text)
    }
}
