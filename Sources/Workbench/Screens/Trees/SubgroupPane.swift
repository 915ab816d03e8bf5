import Effects
import Frames
import Groups
import Policies
import Studies
import Texts

/// The subgroups in which the focused arm does best and worst on the focused outcome, and what the arm does to every outcome
/// in the one with the cursor. All figures are of the half of the units that chose none of them.
enum SubgroupPane {
    static func draw(
        _ state: WorkbenchState, _ description: StudyDescription, _ tree: CausalTree, in rect: Rect, detail: Rect,
        of frame: inout Frame
    ) {
        guard let search = SubgroupRows.search(state) else {
            invite(state, in: rect, of: &frame)
            return
        }
        let found = SubgroupRows.found(state)
        let texts = EffectText(description)
        let glyphs = frame.glyphs
        let window = ScrollWindow(count: found.count, focus: state.trees.row, room: rect.height - 1)
        Table(
            columns: [
                Table.Column(" SUBGROUP", width: .flexible(min: 24)),
                Table.Column("units", width: .fixed(7), align: .right),
                Table.Column("effect   95%", width: .fixed(16), align: .right),
                Table.Column("less rest", width: .fixed(9), align: .right),
                Table.Column("p Holm", width: .fixed(6), align: .right),
                Table.Column("p BH", width: .fixed(6), align: .right),
            ],
            rows: found.map { row($0, tree.outcome, texts, glyphs) }, selected: state.trees.row, offset: window.first
        ).draw(in: rect, of: &frame)
        if found.isEmpty {
            frame.write(
                search.found.isEmpty ? " no subgroup is large enough" : " none of them has these words", in: rect,
                row: 1,
                style: .secondary)
        }
        frame.horizontalRule(y: detail.y, from: rect.x, to: rect.maxX - 1, style: .border)
        guard found.indices.contains(state.trees.row) else { return }
        outcomes(found[state.trees.row], description, tree, texts, in: detail.inset(top: 1), of: &frame)
    }

    private static func invite(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        frame.write(" no subgroups of this arm and outcome were searched yet", in: rect, row: 0, style: .text)
        let words =
            "s looks at every subgroup of up to three crossed covariates on one half of the tune units, and estimates the "
            + "best and the worst on the other half"
        for (row, line) in TextWidth.wrap(words, to: max(10, rect.width - 4)).enumerated() {
            frame.write("  " + line, in: rect, row: 2 + row, style: .secondary)
        }
    }

    private static func row(
        _ found: SubgroupSearch.Found, _ outcome: Int, _ texts: EffectText, _ glyphs: GlyphSet
    ) -> [StyledText] {
        let isBest = found.direction == .best
        func p(_ value: Double) -> StyledText {
            StyledText(NumberText.probability(value), value < 0.05 ? .good : .secondary)
        }
        return [
            StyledText(" ") + StyledText(String(isBest ? glyphs.better : glyphs.worse), isBest ? .good : .bad)
                + StyledText(" \(found.text)"),
            StyledText(NumberText.grouped(found.estimate.units)),
            texts.text(found.estimate.effect, outcome, glyphs),
            found.estimate.againstRest.map { StyledText(texts.value($0.difference, outcome)) }
                ?? StyledText("-", .secondary),
            p(found.holmAgainstRest), p(found.falseDiscoveryAgainstRest),
        ]
    }

    /// What the arm does to every outcome there.
    private static func outcomes(
        _ found: SubgroupSearch.Found, _ description: StudyDescription, _ tree: CausalTree, _ texts: EffectText,
        in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let share = NumberText.percent(found.estimate.share, 0)
        frame.write(
            StyledText(" WHERE  ", .secondary) + StyledText(found.text, .accent)
                + StyledText("   \(share) of units", .secondary), in: rect, row: 0)
        let bar = max(9, min(80, rect.width - 59))
        let shown = ShownOutcomes(description.space, room: rect.height - 1, focus: tree.outcome)
        for (row, j) in shown.indices.enumerated() {
            let outcome = description.space.outcomes[j]
            var line =
                glyphs.focusMark(j == tree.outcome)
                + EffectText.name(j, in: description.space, width: 12, glyphs)
                .padded(to: 12)
            guard let estimate = found.decomposition.outcomes[j] else {
                frame.write(line + StyledText("n/a", .secondary).padded(to: 18, align: .right), in: rect, row: row + 1)
                continue
            }
            let effect = estimate.effect
            let verdict = Verdict(effect, sign: outcome.sign)
            let reach = max(abs(effect.low), abs(effect.high), 1e-300) * 1.05
            line += texts.text(effect, j, glyphs).padded(to: 18, align: .right) + StyledText("  ")
            line += IntervalBar(
                low: effect.low, value: effect.effect, high: effect.high, scale: -reach...reach,
                style: verdict == .unsure ? .bar : verdict.style
            ).text(width: bar, glyphs: glyphs)
            let rest = estimate.againstRest.map { texts.value($0.difference, j) } ?? "n/a"
            line += StyledText("  less rest \(rest)", .secondary)
            frame.write(line, in: rect, row: row + 1)
        }
    }
}
