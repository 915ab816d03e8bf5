import Allocation
import Frames
import Policies
import Studies
import Texts

/// The objective along the focused limit as a plot, where the screen has the room for one.
enum LimitPlot {
    /// Rows below which the sparkline says as much.
    static let leastHeight = 10

    /// - Returns: whether there is a curve to draw.
    static func draw(_ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame) -> Bool {
        guard let outcome = AllocateRows.focusedLimit(state), let curve = state.results[.limitCurve],
            curve.points.count > 1
        else { return false }
        let track = LimitTrack(space, outcome)
        let base = track.isRelative ? 0.01 * abs(space.controlMeans[outcome]) : 1
        let own = space.controlMeans[0] == 0 ? 1 : 0.01 * abs(space.controlMeans[0])
        let points = curve.points.map { PlotCanvas.Point($0.threshold / base, $0.objective / own) }
        let across = PlotAxis.range(of: points.map(\.x), margin: 0)
        let up = PlotAxis.range(of: points.map(\.y))
        let percent = { (isRelative: Bool) in isRelative ? " %" : "" }
        var plot = PlotCanvas(
            x: PlotAxis(
                across,
                title:
                    "\(space.outcomes[outcome].name)\(percent(track.isRelative)) better by at least, stricter to the right",
                format: .signed(NiceTicks(in: across, about: 5).decimals)),
            y: PlotAxis(
                up, title: " \(space.outcomes[0].name)\(percent(space.controlMeans[0] != 0)) gained, plug-in",
                format: .signed(NiceTicks(in: up, about: 5).decimals)))
        plot.line(points.sorted { $0.x < $1.x }, style: .outcome(0))
        let present = track.value(state.allocate.request.threshold(outcome, space), space, outcome)
        if let present { plot.verticalGuide(at: track.isRelative ? 100 * present : present) }
        plot.draw(in: rect, of: &frame)
        return true
    }
}
