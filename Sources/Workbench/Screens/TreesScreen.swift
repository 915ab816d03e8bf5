import Frames
import Policies
import Studies

/// One causal tree as an outline: rule, units, effect, interval and a zero-centred bar.
enum TreesScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let trees = state.trees, let description = state.description,
            trees.trees.indices.contains(state.treeIndex)
        else {
            Screens.waiting("trees are being grown", state, in: rect, of: &frame)
            return
        }
        let tree = trees.trees[state.treeIndex]
        let space = description.space
        let sign = space.outcomes[tree.outcome].sign
        frame.write(
            StyledText(" \(space.arms[tree.arm])", .title) + StyledText(" against \(space.arms[0]) on ", .secondary)
                + StyledText(space.outcomes[tree.outcome].name, .title)
                + StyledText("   h/l arm  o outcome", .secondary), in: rect, row: 0)
        let (outline, path) = rect.inset(top: 1).splitBottom(3)
        let rows = TreeRows.visible(state)
        let scale = rows.map { max(abs($0.node.low), abs($0.node.high)) }.max() ?? 1
        let bar = max(9, rect.width / 6)
        let cells = rows.map { row in
            let isSure = row.node.low > 0 || row.node.high < 0
            let style: Style = !isSure ? .text : sign * row.node.effect > 0 ? .good : .bad
            return [
                label(row, state, frame.glyphs), StyledText(NumberText.grouped(row.node.units)),
                StyledText(NumberText.significant(row.node.effect, 3), style),
                StyledText(
                    "\(NumberText.significant(row.node.low, 2)) .. \(NumberText.significant(row.node.high, 2))",
                    .secondary),
                CentredBar(sign * row.node.effect, scale: scale).text(width: bar, glyphs: frame.glyphs),
            ]
        }
        let room = max(1, outline.height - 1)
        let offset = max(0, min(state.treeRow - room / 2, rows.count - room))
        Table(
            columns: [
                Table.Column(" RULE", width: .flexible(min: 16)),
                Table.Column("units", width: .fixed(8), align: .right),
                Table.Column("effect", width: .fixed(9), align: .right),
                Table.Column("95%", width: .fixed(19), align: .right), Table.Column("", width: .fixed(bar)),
            ], rows: cells, selected: state.treeRow, offset: offset
        ).draw(in: outline, of: &frame)
        frame.horizontalRule(y: path.y, from: rect.x, to: rect.maxX - 1, style: .border)
        if rows.indices.contains(state.treeRow) {
            let conditions = rows[state.treeRow].conditions
            let words = conditions.isEmpty ? "all units" : conditions.joined(separator: " and ")
            for (row, line) in TextWidth.wrap(words, to: max(10, rect.width - 4)).prefix(2).enumerated() {
                frame.write("  \(line)", in: path.inset(top: 1), row: row, style: .accent)
            }
        }
    }

    private static func label(_ row: TreeRows.Row, _ state: WorkbenchState, _ glyphs: GlyphSet) -> StyledText {
        var trunk = " "
        for last in row.isLast.dropLast() { trunk += last ? glyphs.treeBlank : glyphs.treeTrunk }
        if let last = row.isLast.last { trunk += last ? glyphs.treeLast : glyphs.treeBranch }
        let fold = row.node.children.isEmpty ? "" : state.collapsed.contains(row.path) ? "+ " : "- "
        return StyledText(trunk, .border) + StyledText(fold, .secondary) + StyledText(row.node.rule)
    }
}
