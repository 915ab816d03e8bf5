import Effects
import Experiments
import Frames
import Policies
import Statistics
import Studies
import Texts

/// The average effect of every arm on every outcome, with intervals on one scale per outcome.
enum AverageEffectsPane {
    static func draw(_ state: WorkbenchState, _ description: StudyDescription, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let space = description.space
        let hasCursor = state.experiment.pane == .effects
        let averages = ExperimentRows.averages(state, description)
        let widths = Widths(rect.width, space)
        frame.write(heading(hasCursor, widths, glyphs), in: rect, row: 0)
        let window = ScrollWindow(
            count: averages.count, focus: hasCursor ? state.experiment.row : 0, room: rect.height - 1)
        for (line, index) in window.shown.enumerated() {
            let average = averages[index]
            let isFirst = line == 0 || averages[index - 1].outcome != average.outcome
            let isFocused = hasCursor && index == state.experiment.row
            frame.write(
                text(average, description, isFirst: isFirst, isFocused: isFocused, widths, glyphs), in: rect,
                row: line + 1)
            if hasCursor { frame.mark(.row(index), rect.row(line + 1)) }
        }
        window.drawMarks(in: rect, top: 1, of: &frame)
    }

    private struct Widths {
        let outcome: Int
        let arm: Int
        /// Columns for the means of control and arm, where there is room.
        let means: Int
        /// Columns for an end of the scale, where there is room.
        let end: Int
        let bar: Int

        init(_ width: Int, _ space: PolicySpace) {
            let isWide = width >= 110
            outcome = min(
                max(11, (space.outcomes.map { TextWidth.width(of: $0.name) }.max() ?? 0) + 3), isWide ? 24 : 13)
            arm = min(max(9, (space.arms.map(TextWidth.width).max() ?? 0) + 1), isWide ? 24 : 12)
            means = isWide ? 20 : 0
            end = width >= 72 ? 7 : 0
            bar = max(9, width - outcome - arm - means - 2 * end - 28)
        }
    }

    private static func heading(_ hasCursor: Bool, _ widths: Widths, _ glyphs: GlyphSet) -> StyledText {
        var text = glyphs.focusMark(hasCursor)
        text += StyledText("OUTCOME", hasCursor ? .accent : .secondary).padded(to: widths.outcome)
        text += StyledText("arm", .secondary).padded(to: widths.arm)
        if widths.means > 0 {
            text += StyledText("control       arm", .secondary).padded(to: widths.means, align: .right)
        }
        text += StyledText("change", .secondary).padded(to: 9, align: .right)
        text += StyledText("         limit", .secondary).padded(to: 17)
        return text
            + StyledText(widths.end > 0 ? "95%, one scale by outcome" : "95%", .secondary).padded(
                to: widths.bar + 2 * widths.end, align: .centre)
    }

    private static func text(
        _ average: AverageEffect, _ description: StudyDescription, isFirst: Bool, isFocused: Bool, _ widths: Widths,
        _ glyphs: GlyphSet
    ) -> StyledText {
        let outcome = description.space.outcomes[average.outcome]
        let verdict = Verdict(average.difference, sign: outcome.sign)
        var line = glyphs.focusMark(isFocused)
        line +=
            isFirst
            ? EffectText.name(
                average.outcome, in: description.space, width: widths.outcome - 1, glyphs
            ).padded(to: widths.outcome)
            : StyledText("").padded(to: widths.outcome)
        line += StyledText(
            description.space.arm(average.arm, to: widths.arm - 1, glyphs),
            isFocused ? .focus.bold : .text
        ).padded(to: widths.arm)
        if widths.means > 0 {
            let means = [average.controlMean, average.armMean].map { NumberText.significant($0, 4) }
            line +=
                StyledText(means[0], .secondary).padded(to: 10, align: .right)
                + StyledText(means[1]).padded(to: 10, align: .right)
        }
        guard average.isEstimable else {
            return line + StyledText("  not estimable: an arm has fewer than two units", .secondary)
        }
        let change = average.lift.map { Wording.points($0.value) } ?? Wording.signed(average.difference.effect)
        let reach =
            average.lift.map { Wording.bare(Confidence.halfWidth(of: $0.standardError)) }
            ?? NumberText.significant(Confidence.halfWidth(of: average.difference.standardError), 2)
        line += StyledText(change, verdict.style).padded(to: 9, align: .right)
        line +=
            StyledText(" \(glyphs.plusMinus)\(reach)", .secondary).padded(to: 7) + verdict.mark(glyphs)
            + StyledText(" ")
        line += Limits.text(outcome.limit?.verdict(of: average), outcome, glyphs).padded(to: 8)
        return line + bar(average, description, isFirst: isFirst, verdict, widths, glyphs)
    }

    /// The interval on the scale that holds all arms' intervals on this outcome and 0, its ends on the first row.
    private static func bar(
        _ average: AverageEffect, _ description: StudyDescription, isFirst: Bool, _ verdict: Verdict, _ widths: Widths,
        _ glyphs: GlyphSet
    ) -> StyledText {
        let own = description.averageEffects.filter { $0.outcome == average.outcome && $0.isEstimable }.map(
            \.difference)
        let low = min(0, own.map(\.low).min() ?? 0)
        let high = max(0, own.map(\.high).max() ?? 0)
        let margin = max(high - low, 1e-300) * 0.04
        let scale = (low - margin)...(high + margin)
        let texts = EffectText(description)
        func end(_ value: Double, _ align: Alignment) -> StyledText {
            let text = isFirst ? texts.value(value, average.outcome) : ""
            return StyledText(text, .secondary).padded(to: widths.end - 1, align: align)
        }
        let bar = IntervalBar(
            low: average.difference.low, value: average.difference.effect, high: average.difference.high, scale: scale,
            style: verdict == .unsure ? .bar : verdict.style
        ).text(width: widths.bar, glyphs: glyphs)
        guard widths.end > 0 else { return bar }
        return end(scale.lowerBound, .right) + StyledText(" ") + bar + StyledText(" ") + end(scale.upperBound, .left)
    }
}
