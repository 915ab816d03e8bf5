import Experiments
import Frames
import Policies
import Texts

/// The outcomes under the policy, against control, and against what it is compared with.
enum OutcomePane {
    /// Columns of control and policy, which go where there is no room.
    private static let means = 14
    /// Columns of the change with its verdict.
    private static let change = 13
    private static let limit = 5
    private static let leastName = 9

    /// Outcomes against control, and against what the policy is compared with: the objective alone where many leave no room.
    struct Rows {
        let shown: ShownOutcomes
        let compared: [Int]

        /// - Parameter height: rows there are for the whole pane.
        init(_ state: WorkbenchState, _ space: PolicySpace, in height: Int) {
            let focus = state.knob?.outcome
            let isRoomForAll = 2 * space.outcomeCount + 3 <= height
            shown = ShownOutcomes(space, room: isRoomForAll ? space.outcomeCount : max(1, height - 4), focus: focus)
            compared = isRoomForAll ? Array(space.outcomes.indices) : [0]
        }

        /// With two headings and the effective sample.
        var height: Int { shown.indices.count + compared.count + 3 }
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, _ rows: Rows, in rect: Rect, of frame: inout Frame)
    {
        let glyphs = frame.glyphs
        // ASCII writes the sign of an interval in two characters.
        let hasLimits = space.hasLimits
        let telling = change + (hasLimits ? limit : 0) + glyphs.plusMinus.count - 1
        let means = leastName + means + telling <= rect.width ? means : 0
        let numbers = means + telling
        let name = min(max(leastName, rect.width - numbers), 24)
        let bar = rect.width - name - numbers - 3
        let heading =
            StyledText(rows.shown.tally.isEmpty ? " OUTCOME" : " \(rows.shown.tally)", .title).padded(to: name)
            + StyledText(means > 0 ? "control" : "", .secondary).padded(to: means / 2, align: .right)
            + StyledText(means > 0 ? "policy" : "", .secondary).padded(to: means / 2, align: .right)
            + StyledText("change", .secondary).padded(to: 7, align: .right)
            + StyledText(hasLimits ? " 95%  limit" : " 95%", .secondary)
        frame.write(heading, in: rect, row: 0)
        guard let evaluation = state.results[.evaluation] else {
            frame.write(" estimating", in: rect, row: 1, style: .secondary)
            return
        }
        let flags: Style.Flags = state.results.isStale(.evaluation) ? .dimmed : []
        for (row, j) in rows.shown.indices.enumerated() where evaluation.outcomes.indices.contains(j) {
            let outcome = evaluation.outcomes[j]
            var text = line(outcome, j, space, name, hasMeans: means > 0, glyphs)
            if bar >= 12 { text += StyledText("  ") + interval(outcome, space.outcomes[j], bar, glyphs) }
            frame.write(text.with(flags), in: rect, row: row + 1)
        }
        let comparison = Comparison(evaluation, state, glyphs)
        let second = rows.shown.indices.count + 1
        frame.write(" " + comparison.heading, in: rect, row: second, style: comparison.headingStyle)
        for (row, j) in rows.compared.enumerated() {
            frame.write(
                comparison.line(j, space, name + means, glyphs).with(flags), in: rect, row: second + 1 + row)
        }
        let sample =
            StyledText(" effective sample ", .secondary)
            + StyledText(NumberText.grouped(Int(evaluation.effectiveSampleSize.rounded())))
            + StyledText(
                " of \(NumberText.grouped(evaluation.units)), \(evaluation.estimator.uppercased())", .secondary)
        frame.write(sample.with(flags), in: rect, row: rows.height - 1)
    }

    private static func line(
        _ outcome: OutcomeEvaluation, _ row: Int, _ space: PolicySpace, _ name: Int, hasMeans: Bool, _ glyphs: GlyphSet
    ) -> StyledText {
        let described = space.outcomes[row]
        func mean(_ value: Double?, _ style: Style) -> StyledText {
            StyledText(value.map { Wording.number($0, fitting: 6) } ?? "n/a", style).padded(to: 7, align: .right)
        }
        var text = (StyledText(" ") + EffectText.name(row, in: space, width: name - 1, glyphs)).padded(to: name)
        if hasMeans { text += mean(outcome.control, .secondary) + mean(outcome.value, .text) }
        text += change(outcome, sign: described.sign, glyphs)
        return text + Limits.text(outcome.limit, described, glyphs)
    }

    /// "  +5.4%±10.5▲" in 13 columns, the points under each other.
    static func change(_ outcome: OutcomeEvaluation, sign: Double, _ glyphs: GlyphSet) -> StyledText {
        guard let change = Wording.change(outcome) else {
            return StyledText("n/a", .secondary).padded(to: 13, align: .centre)
        }
        // The mark is of the interval that is shown.
        let verdict = (outcome.relative ?? outcome.difference).map { Verdict($0, sign: sign) } ?? .unsure
        return StyledText(change.value, verdict.style).padded(to: 7, align: .right)
            + StyledText("\(glyphs.plusMinus)\(change.reach)", .secondary).padded(to: 4 + glyphs.plusMinus.count)
            + verdict.mark(glyphs)
    }

    /// The change with its interval, zero and the limit on one scale.
    private static func interval(
        _ outcome: OutcomeEvaluation, _ described: PolicySpace.Outcome, _ width: Int, _ glyphs: GlyphSet
    ) -> StyledText {
        let estimate = outcome.relative ?? outcome.difference
        guard let estimate, let low = estimate.low, let high = estimate.high else { return StyledText("") }
        let reach = max(abs(low), abs(high), 1e-300) * 1.05
        let verdict = Verdict(estimate, sign: described.sign)
        return IntervalBar(
            low: low, value: estimate.value, high: high, scale: -reach...reach,
            style: verdict == .unsure ? .bar : verdict.style
        ).text(width: min(width, 61), glyphs: glyphs)
    }
}
