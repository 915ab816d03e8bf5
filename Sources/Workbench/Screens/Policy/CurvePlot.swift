import Frames
import Policies
import Statistics
import Studies
import Texts

/// One outcome along the focused knob in several rows: the change against control, better up, between its 95% bounds.
enum CurvePlot {
    static let leastHeight = 4

    static func draw(
        _ state: WorkbenchState, _ curve: ShownCurve, outcome j: Int, _ layout: CurveLayout, in rect: Rect,
        of frame: inout Frame
    ) {
        guard let space = state.space else { return }
        let outcome = space.outcomes[j]
        let profile = curve.profile
        let estimates = profile.points.map { $0.outcomes[j].flatMap { $0.relativeEstimate ?? $0.differenceEstimate } }
        let isRelative = profile.points.allSatisfy { $0.outcomes[j]?.relativeEstimate != nil }
        let unit = isRelative ? 100.0 : 1
        let shown = isRelative ? estimates : profile.points.map { $0.outcomes[j]?.differenceEstimate }
        let values = shown.flatMap { estimate in
            [estimate?.value, estimate?.low, estimate?.high].compactMap { $0.map { unit * $0 } }
        }
        let range = PlotAxis.range(of: values + [0], margin: 0.04)
        var plot = PlotCanvas(
            x: PlotAxis(0...Double(max(1, shown.count - 1))),
            y: PlotAxis(range, isReversed: outcome.direction == .minimize))
        func points(_ pick: (Estimate) -> Double?) -> [PlotCanvas.Point] {
            shown.enumerated().compactMap { index, estimate in
                estimate.flatMap(pick).map { PlotCanvas.Point(Double(index), unit * $0) }
            }
        }
        plot.horizontalGuide(at: 0, style: .border)
        if let limit = limit(outcome, isRelative) { plot.horizontalGuide(at: limit, style: .limit) }
        plot.points(points(\.low) + points(\.high), style: .plotPoint)
        plot.line(points(\.value), style: .outcome(j))
        let body = Rect(x: rect.x + layout.name, y: rect.y, width: layout.width, height: rect.height - 1)
        let flags: Style.Flags = curve.isStale ? .dimmed : []
        plot.drawLayers(in: body, of: &frame)
        for row in 0..<body.height where frame[body.x + layout.column, body.y + row] == .blank {
            frame.write(
                String(frame.glyphs.vertical), x: body.x + layout.column, y: body.y + row, style: .accent, in: body)
        }
        labels(state, space, j, range, isRelative, layout, in: rect, of: &frame)
        frame.apply(flags, in: rect)
    }

    private static func limit(_ outcome: PolicySpace.Outcome, _ isRelative: Bool) -> Double? {
        guard let limit = outcome.limit, limit.isRelative == isRelative else { return nil }
        return isRelative ? 100 * limit.bound : limit.bound
    }

    /// The name, the ends of the scale, and the present change.
    private static func labels(
        _ state: WorkbenchState, _ space: PolicySpace, _ j: Int, _ range: ClosedRange<Double>,
        _ isRelative: Bool,
        _ layout: CurveLayout, in rect: Rect, of frame: inout Frame
    ) {
        let isUp = space.outcomes[j].direction == .maximize
        func number(_ value: Double) -> String {
            isRelative ? NumberText.signed(value, 1) + "%" : Wording.signed(value)
        }
        let gutter = Rect(x: rect.x, y: rect.y, width: layout.name - 1, height: rect.height - 1)
        frame.write(
            number(isUp ? range.upperBound : range.lowerBound), in: gutter, row: 0, style: .secondary, align: .right)
        frame.write(
            StyledText(" ")
                + EffectText.name(
                    j, in: space, width: layout.name - 2, frame.glyphs, style: .outcome(j)),
            in: gutter, row: gutter.height / 2)
        if gutter.height > 2 {
            frame.write(
                number(isUp ? range.lowerBound : range.upperBound), in: gutter, row: gutter.height - 1,
                style: .secondary,
                align: .right)
        }
        guard let own = state.results[.evaluation]?.outcomes[j], let change = Wording.change(own) else { return }
        let side = Rect(x: rect.maxX - layout.end, y: rect.y, width: layout.end, height: rect.height - 1)
        frame.write(change.value, in: side, row: gutter.height / 2, align: .right)
        if gutter.height > 2 {
            frame.write(
                "\(frame.glyphs.plusMinus)\(change.reach)", in: side, row: gutter.height / 2 + 1, style: .secondary,
                align: .right)
        }
    }
}
