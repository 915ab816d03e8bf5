import Effects
import Experiments
import Frames
import Policies
import Studies
import Texts

/// A candidate's policy as a shallow tree, with how faithful it is and what using it instead would cost.
enum RulesPane {
    private struct Row {
        let depth: Int
        let condition: String
        /// nil above a leaf.
        let leaf: DistilledTree.Node?
    }

    static func lines(
        _ rules: PolicyExplanation, _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace,
        in rect: Rect, _ glyphs: GlyphSet
    ) -> [StyledText] {
        guard let description = state.facts.description else { return [] }
        let judged = rules.judgement == .crossFitted ? "cross-fitted" : "on confirm"
        let share = NumberText.percent(rules.fidelity, 1)
        var lines = [
            StyledText(" RULES", .title)
                + StyledText("  same arm as \(candidate.name) for \(share), \(judged)", .secondary)
        ]
        let losses = rules.losses.enumerated().map { loss($0, $1, EffectText(description), glyphs) }
        lines += CandidatePane.sentence("used instead: " + losses.joined(separator: ", "), width: rect.width)
        let rows = rows(rules.tree, description.covariates)
        let arm = min(14, (space.arms.map(TextWidth.width).max() ?? 0) + 1)
        let room = rect.height - lines.count
        let units = max(1, rules.tree.nodes[0].units)
        for row in rows.prefix(rows.count > room ? max(0, room - 1) : room) {
            let width = rect.width - arm - 6
            let text = String(repeating: "  ", count: row.depth) + row.condition
            var line = StyledText(" " + RuleText.fit(text, to: width - 2, ellipsis: glyphs.ellipsis)).padded(
                to: width)
            if let leaf = row.leaf {
                line += StyledText(
                    space.arm(leaf.arm, to: arm - 1, glyphs),
                    .series(leaf.arm)
                ).padded(to: arm)
                line += StyledText(NumberText.percent(Double(leaf.units) / Double(units), 0), .secondary).padded(
                    to: 5, align: .right)
            }
            lines.append(line)
        }
        if rows.count > room {
            lines.append(StyledText(" \(rows.count - max(0, room - 1)) more lines: espalier explain", .secondary))
        }
        return lines
    }

    /// "sessions -1.2% ±0.9", what its value changes by, in one piece.
    private static func loss(
        _ j: Int, _ loss: PolicyExplanation.Loss, _ texts: EffectText, _ glyphs: GlyphSet
    ) -> String {
        let reach = loss.difference.low.flatMap { low in
            loss.difference.high.map { "\u{a0}\(glyphs.plusMinus)\(texts.reach(low, $0, j))" }
        }
        return "\(loss.name)\u{a0}\(texts.value(loss.difference.value, j))\(reach ?? "")"
    }

    /// The tree from the top: a condition, what holds below it, and "else".
    private static func rows(_ tree: DistilledTree, _ covariates: [CovariateDescription]) -> [Row] {
        var rows: [Row] = []
        func visit(_ index: Int, _ condition: String, _ depth: Int) {
            let node = tree.nodes[index]
            if !condition.isEmpty || node.split == nil {
                rows.append(
                    Row(
                        depth: max(0, depth - 1), condition: condition.isEmpty ? "everyone" : condition,
                        leaf: node.split == nil ? node : nil))
            }
            guard let split = node.split else { return }
            visit(node.left, RuleText.short(split.text(left: true, covariates)), depth + 1)
            visit(node.left + 1, "else", depth + 1)
        }
        visit(0, "", 0)
        return rows
    }
}
