import Allocation
import Frames
import Policies
import Studies
import Texts

/// The objective as the focused limit moves, and what one percent of it buys.
enum LimitCurvePane {
    /// - Parameter isPlotted: whether the curve itself stands elsewhere.
    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, isPlotted: Bool = false, in rect: Rect, of frame: inout Frame
    ) {
        guard let outcome = AllocateRows.focusedLimit(state) else {
            return outcomes(state, space, in: rect, of: &frame)
        }
        let name = space.outcomes[outcome].name
        frame.write(
            StyledText(" IF THE LIMIT MOVED ", .title)
                + StyledText(
                    TextWidth.truncate(name, to: max(4, rect.width - 21), ellipsis: frame.glyphs.ellipsis), .accent),
            in: rect, row: 0)
        let row = 1 + price(state, space, outcome, in: rect, of: &frame)
        guard !isPlotted, let curve = state.results[.limitCurve], curve.points.count > 1 else { return }
        let flags: Style.Flags = state.results.isStale(.limitCurve) ? .dimmed : []
        let label = 7
        let width = max(8, rect.width - 2 * label - 2)
        // As the slider: to the right is stricter.
        let points = Array(curve.points.reversed())
        let track = LimitTrack(space, outcome)
        let base = track.isRelative ? abs(space.controlMeans[outcome]) : 1
        let present = track.value(state.allocate.request.threshold(outcome, space), space, outcome)
        let here = present.flatMap { value in
            points.indices.min {
                abs(points[$0].threshold / base - value) < abs(points[$1].threshold / base - value)
            }
        }
        let values = points.map(\.objective)
        let text =
            StyledText(MethodPane.size(values.first ?? 0, 0, space)).padded(to: label, align: .right) + StyledText(" ")
            + Sparkline(values, highlight: here, style: .outcome(0)).text(width: width, glyphs: frame.glyphs)
            + StyledText(" " + MethodPane.size(values.last ?? 0, 0, space))
        frame.write(text.with(flags), in: rect, row: row)
        let ends =
            StyledText(track.text(points[0].threshold / base)).padded(to: label, align: .right)
            + StyledText(" ".padding(toLength: width + 2, withPad: " ", startingAt: 0))
            + StyledText(track.text(points[points.count - 1].threshold / base))
        frame.write(ends.with(.dimmed), in: rect, row: row + 1)
    }

    /// "one point of disables buys 0.4 points of sessions".
    /// - Returns: rows it took.
    private static func price(
        _ state: WorkbenchState, _ space: PolicySpace, _ outcome: Int, in rect: Rect, of frame: inout Frame
    ) -> Int {
        let name = space.outcomes[outcome].name
        let objective = space.outcomes[0].name
        guard let price = state.results[.allocation]?.solved?.prices[name] else {
            frame.write(" no limit, no price: = sets one", in: rect, row: 1, style: .secondary)
            return 1
        }
        let (own, other) = (abs(space.controlMeans[0]), abs(space.controlMeans[outcome]))
        let text: String
        if price == 0 {
            text = "costs nothing: it does not bind"
        } else if own > 0, other > 0 {
            let points = NumberText.significant(price * other / own, 2)
            text = "one point of \(name) buys \(points) points of \(objective)"
        } else {
            text = "one unit of \(name) buys \(NumberText.significant(price, 2)) of \(objective)"
        }
        let lines = TextWidth.wrap(text, to: max(10, rect.width - 2)).prefix(2)
        for (row, line) in lines.enumerated() {
            frame.write(" " + line, in: rect, row: 1 + row, style: price == 0 ? .secondary : .text)
        }
        return lines.count
    }

    /// Every outcome of the allocation at hand, where no limit has the cursor.
    private static func outcomes(
        _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame
    ) {
        let judged = state.results.isStale(.judgedAllocation) ? nil : state.results[.judgedAllocation]?.solved
        guard let found = judged ?? state.results[.allocation]?.solved else { return }
        frame.write(StyledText(" BETTER BY", .title), in: rect, row: 0)
        for (j, outcome) in found.outcomes.enumerated() where j + 1 < rect.height {
            let best = outcome.confirm ?? outcome.fold ?? outcome.plugIn
            var text =
                StyledText(" ") + EffectText.name(j, in: space, width: 14, frame.glyphs).padded(to: 15)
            text += StyledText(MethodPane.size(best.value, j, space)).padded(to: 8, align: .right)
            if let half = best.halfWidth() {
                let reach =
                    abs(space.controlMeans[j]) > 0
                    ? Wording.bare(half / abs(space.controlMeans[j])) : Wording.number(half)
                text += StyledText(" \(frame.glyphs.plusMinus)\(reach)", .secondary)
            }
            if let limit = outcome.limit { text += StyledText("  ") + Limits.mark(limit).text(frame.glyphs) }
            frame.write(text, in: rect, row: j + 1)
        }
    }
}
