import Frames
import Policies
import Statistics
import Studies
import Texts

/// Tune beside confirm for one candidate: each interval alone and together with those of the other picks, and what tune
/// promised too much, in words.
enum SelectionBiasPane {
    static func lines(
        _ candidate: Candidate, _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, _ glyphs: GlyphSet
    ) -> [StyledText] {
        var title = StyledText(" TUNE AND CONFIRM", .title)
        title += StyledText("  \(candidate.name) against control, 95%", .secondary)
        guard state.isPicked(candidate), let report = state.results[.pickReport],
            let description = state.facts.description,
            let pick = report.picks.first(where: { $0.id == candidate.id })
        else {
            return [title]
                + CandidatePane.sentence(
                    "\(candidate.name) is not picked. Space picks it, which opens the confirm split for it: tune chose "
                        + "it, so that tune promises too much.", width: rect.width)
        }
        let name = rect.width >= 70 ? 16 : 11
        let width = (rect.width - name - 17) / 2
        let head =
            StyledText("").padded(to: name + 16)
            + StyledText("alone", .secondary).padded(to: width, align: .right)
            + StyledText("together", .secondary).padded(to: width, align: .right)
        var blocks = [[title, head]]
        let texts = EffectText(description)
        for (j, outcome) in pick.outcomes.enumerated() {
            let label = TextWidth.shorten(
                outcome.name, among: pick.outcomes.lazy.map(\.name), to: name - 2, ellipsis: glyphs.ellipsis)
            var block = [
                StyledText(" \(label)").padded(to: name) + row("tune", outcome.tune, j, space, width)
            ]
            if let confirm = outcome.confirm {
                block.append(StyledText("").padded(to: name) + row("confirm", confirm, j, space, width))
            }
            if let optimism = outcome.optimism { block += self.optimism(optimism, j, texts, width: rect.width, glyphs) }
            blocks.append(block)
        }
        blocks += closing(candidate, report, space, width: rect.width, glyphs)
        return CandidatePane.fitting(blocks, rows: rect.height)
    }

    private static func row(
        _ split: String, _ estimate: PickReport.SplitEstimate, _ j: Int, _ space: PolicySpace, _ width: Int
    ) -> StyledText {
        let own = estimate.relative ?? estimate.difference
        let isRelative = estimate.relative != nil
        func text(_ value: Double) -> String { isRelative ? Wording.points(value) : Wording.signedShort(value) }
        func bare(_ value: Double) -> String {
            let text = text(value)
            return isRelative ? String(text.dropLast()) : text
        }
        // In whole percent where decimals leave no space between two intervals.
        func interval(_ low: Double, _ high: Double) -> String {
            let text = "\(bare(low))..\(bare(high))"
            guard isRelative, TextWidth.width(of: text) >= width else { return text }
            return "\(NumberText.signed(100 * low, 0))..\(NumberText.signed(100 * high, 0))"
        }
        let alone = Verdict(low: own.low, high: own.high, sign: space.outcomes[j].sign)
        let together = Verdict(
            low: own.simultaneousLow, high: own.simultaneousHigh, sign: space.outcomes[j].sign)
        return StyledText(split, .secondary).padded(to: 8)
            + StyledText(text(own.value), alone.style).padded(to: 8, align: .right)
            + StyledText(interval(own.low, own.high), alone.style).padded(to: width, align: .right)
            + StyledText(interval(own.simultaneousLow, own.simultaneousHigh), together.style).padded(
                to: width, align: .right)
    }

    /// Which way tune was wrong, in words: oriented, so that more is always more of what is wanted.
    private static func optimism(
        _ optimism: Estimate, _ j: Int, _ texts: EffectText, width: Int, _ glyphs: GlyphSet
    ) -> [StyledText] {
        guard let low = optimism.low, let high = optimism.high else { return [] }
        let size = texts.value(abs(optimism.value), j).replacing("+", with: "")
        let words = optimism.value > 0 ? "tune looked" : "confirm looks"
        let chance = low <= 0 && high >= 0 ? ", may be chance" : ""
        let text = "\(words) \(size) better \(glyphs.plusMinus)\(texts.reach(low, high, j))\(chance)"
        return TextWidth.wrap(text, to: max(10, width - 5)).map {
            StyledText("    \($0)", low > 0 ? .warning : .secondary)
        }
    }

    private static func closing(
        _ candidate: Candidate, _ report: PickReport, _ space: PolicySpace, width: Int, _ glyphs: GlyphSet
    ) -> [[StyledText]] {
        var sentences: [(String, Style)] = []
        let critical = report.confirmCritical ?? report.tuneCritical
        let picks = report.picks.count == 1 ? "this pick" : "\(report.picks.count) picks"
        sentences.append(
            (
                "alone: \(glyphs.plusMinus)\(Confidence.namedCritical) se, each by itself; together: \(glyphs.plusMinus)"
                    + "\(NumberText.fixed(critical, 2)) se, holds for \(picks) and every outcome at once (max-t)",
                .secondary
            ))
        let rivals = CandidateSelectionBias.rivals(of: candidate, report)
        if !rivals.isEmpty {
            sentences.append(
                ("~ not told from \(rivals.joined(separator: ", ")) on \(report.alikeSplit.rawValue)", .warning))
        }
        if let optimism = report.optimismOfFront {
            sentences.append(
                (
                    "the picks' hypervolume: "
                        + (optimism > 0
                            ? "\(NumberText.percent(min(1, optimism), 0)) of it on tune was optimism"
                            : "confirm took nothing of it away"),
                    .secondary
                ))
        }
        if let units = report.picks.first(where: { $0.id == candidate.id })?.outcomes.first?.unitsPerArm,
            units.isFinite, units < 1e12
        {
            sentences.append(
                (
                    "online, \(NumberText.grouped(Int(units))) units an arm show \(space.outcomes[0].name) at 80% power",
                    .secondary
                ))
        }
        let times = report.looks == 1 ? "once" : "\(report.looks) times"
        sentences.append(("the confirm split was looked at \(times)", .secondary))
        return sentences.map { CandidatePane.sentence($0.0, width: width, $0.1) }
    }
}
