import Frames
import Frontier
import Policies
import Studies
import Texts

/// Candidates along the front: the outcomes on the axes first, once some are picked the first of them on confirm beside tune, then
/// as many others as fit, the limits, and `~` where a candidate cannot be told from a pick.
enum CandidateList {
    private struct Column {
        let outcome: Int
        let split: EvaluationSplit

        func evaluation(_ candidate: Candidate) -> PolicyEvaluation? {
            split == .confirm ? candidate.confirm : candidate.tune
        }
    }

    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let visible = state.listedCandidates
        if visible.isEmpty, !state.filter.isEmpty {
            frame.write(" CANDIDATES  none with \"\(state.filter)\"", in: rect, row: 0, style: .secondary)
            return
        }
        guard !visible.isEmpty else {
            frame.write(" CANDIDATES  none yet", in: rect, row: 0, style: .secondary)
            frame.write(StyledText(" s", .key) + StyledText(" searches the front"), in: rect, row: 2)
            frame.write(StyledText(" a", .key) + StyledText(" on Policy adds the present one"), in: rect, row: 3)
            return
        }
        let filtered = state.filter.isEmpty ? "" : " with \"\(state.filter)\""
        let columns = columns(state, space, width: rect.width)
        let showsLikelihood = showsLikelihood(state, width: rect.width)
        let hasLimits = space.hasLimits
        let width = (rect.width - (hasLimits ? 9 : 7) - (showsLikelihood ? likelihood : 0)) / columns.count
        frame.write(
            StyledText(" CANDIDATES ", .secondary) + StyledText(NumberText.grouped(visible.count), .title)
                + StyledText(" by \(space.outcomes[state.front.verticalOutcome].name)\(filtered)", .secondary),
            in: rect,
            row: 0)
        var heading = StyledText("     ")
        for column in columns {
            let unit = isRelative(state, column.outcome) ? " %" : ""
            let name =
                column.split == .confirm ? "confirm" : space.outcome(column.outcome, to: width - unit.count, glyphs)
            heading += StyledText("\(name)\(unit)", .secondary).padded(to: width, align: .right)
        }
        if hasLimits { heading += StyledText(" lim", .secondary) }
        if showsLikelihood { heading += StyledText("kept", .secondary).padded(to: likelihood, align: .right) }
        frame.write(heading, in: rect, row: 1)
        let place = visible.firstIndex { $0.id == state.focused?.id } ?? 0
        let window = ScrollWindow(count: visible.count, focus: place, room: rect.height - 2)
        for (line, index) in window.shown.enumerated() {
            let candidate = visible[index]
            let isFocused = index == place
            var text = glyphs.focusMark(isFocused)
            text += StyledText(candidate.name, isFocused ? .focus.bold : .text).padded(to: 3)
            text += StyledText(state.isPicked(candidate) ? String(glyphs.pick) : " ", .plotPick)
            for column in columns {
                let j = column.outcome
                let evaluation = column.evaluation(candidate)
                text +=
                    (column.split == .confirm && evaluation == nil
                    ? StyledText("-", .secondary)
                    : change(evaluation, j, space, isRelative(state, j), width: width - 1, glyphs))
                    .padded(to: width, align: .right)
            }
            if hasLimits { text += StyledText(" ") }
            text += candidate.tune?.limits.map { Limits.mark($0).text(glyphs) } ?? StyledText(" ")
            text += Indistinguishable.overlapsPick(candidate, state) ? StyledText("~", .warning) : StyledText(" ")
            if showsLikelihood {
                let own = (state.results[.feasibility][candidate.id] ?? nil).map(NumberText.certainty) ?? ""
                text += StyledText(own, .secondary).padded(to: likelihood + 1, align: .right)
            }
            frame.write(text, in: rect, row: line + 2)
            frame.mark(.row(index), rect.row(line + 2))
        }
        window.drawMarks(in: rect, top: 2, of: &frame)
    }

    /// Columns of the probability of keeping every limit.
    private static let likelihood = 5

    private static func showsLikelihood(_ state: WorkbenchState, width: Int) -> Bool {
        width >= 40 && state.space?.hasLimits == true
    }

    /// The vertical outcome on tune and, once picked, on confirm; the horizontal one; then the others while a column stays wide
    /// enough.
    private static func columns(_ state: WorkbenchState, _ space: PolicySpace, width: Int) -> [Column] {
        let vertical = state.front.verticalOutcome
        var columns = [Column(outcome: vertical, split: .tune)]
        let isPicked = state.visibleCandidates.contains { state.isPicked($0) && $0.confirm != nil }
        if isPicked { columns.append(Column(outcome: vertical, split: .confirm)) }
        let others = [state.front.horizontalOutcome] + space.outcomes.indices
        for j in others where !columns.contains(where: { $0.outcome == j }) {
            guard columns.count < 2 || (width - 9 - likelihood) / (columns.count + 1) >= 13 else { continue }
            columns.append(Column(outcome: j, split: .tune))
        }
        return columns
    }

    private static func isRelative(_ state: WorkbenchState, _ outcome: Int) -> Bool {
        state.visibleCandidates.allSatisfy { $0.tune?.outcomes[outcome].relative != nil }
    }

    /// "+4.9 ±2.5", in percent where the heading says so, and closer where that is too wide.
    static func change(
        _ evaluation: PolicyEvaluation?, _ outcome: Int, _ space: PolicySpace, _ isRelative: Bool, width: Int,
        _ glyphs: GlyphSet
    ) -> StyledText {
        guard let own = evaluation?.outcomes[outcome], let estimate = isRelative ? own.relative : own.difference
        else {
            return StyledText("n/a", .secondary)
        }
        let verdict = Verdict(estimate, sign: space.outcomes[outcome].sign)
        let isLarge = abs(estimate.value) >= 0.9995
        func value(_ decimals: Int) -> String {
            isRelative ? NumberText.signed(100 * estimate.value, decimals) : Wording.signed(estimate.value)
        }
        func reach(_ decimals: Int) -> String {
            estimate.halfWidth().map {
                glyphs.plusMinus
                    + (isRelative ? NumberText.fixed(100 * $0, decimals) : NumberText.significant($0, 2))
            } ?? ""
        }
        let decimals = isLarge ? 0 : 1
        let wordings = [
            (value(decimals), " " + reach(decimals)), (value(decimals), reach(decimals)), (value(decimals), reach(0)),
            (value(0), reach(0)),
            (value(0), ""),
        ]
        let fitting = wordings.first { TextWidth.width(of: $0.0 + $0.1) <= width } ?? wordings[3]
        return StyledText(fitting.0, verdict.style) + StyledText(fitting.1, .secondary)
    }
}
