import Effects
import Frames
import Policies
import Studies
import Texts

/// Which covariates the focused tree's differences come from.
enum ImportancePane {
    static func draw(
        _ tree: CausalTree, _ trees: StudyTrees, _ space: PolicySpace, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        frame.write(
            StyledText(" IMPORTANCE", .secondary)
                + StyledText("  \(space.arms[tree.arm]) on \(space.outcomes[tree.outcome].name)", .text), in: rect,
            row: 0)
        let shares = tree.importance(covariateCount: trees.covariates.count)
        let used = shares.indices.filter { shares[$0] > 0 }.sorted { (shares[$0], -$0) > (shares[$1], -$1) }
        guard !used.isEmpty else {
            frame.write(" no covariate divides the units", in: rect, row: 1, style: .secondary)
            return
        }
        let name = min(
            max(10, (used.map { TextWidth.width(of: trees.covariates[$0].name) }.max() ?? 0) + 2), rect.width / 2)
        let room = max(1, rect.height - 1)
        for (line, covariate) in used.prefix(room).enumerated() {
            let label = TextWidth.shorten(
                trees.covariates[covariate].name, among: trees.covariates.lazy.map(\.name), to: name - 2,
                ellipsis: glyphs.ellipsis)
            let isLast = line == room - 1 && used.count > room
            let line0 =
                StyledText(" " + label).padded(to: name)
                + Bar(shares[covariate]).text(width: max(4, min(30, rect.width - name - 14)), glyphs: glyphs)
                + StyledText(NumberText.percent(shares[covariate], 0)).padded(to: 5, align: .right)
                + StyledText(isLast ? " +\(used.count - room)" : "", .secondary)
            frame.write(line0, in: rect, row: line + 1)
        }
    }
}
