import Frames
import Online
import Texts

/// Policy less holdout over the days, within the bounds of its confidence sequence; better is up.
enum SequencePlot {
    /// - Parameter days: planned to be watched.
    static func draw(_ outcome: Backtest.Outcome, days: Int?, in rect: Rect, of frame: inout Frame) {
        // The first days' intervals are so wide that they would hide all others.
        let judged = outcome.days.filter(\.isJudged)
        let scaled = judged.isEmpty ? outcome.days : judged
        let range = PlotAxis.range(of: scaled.flatMap { [$0.low, $0.high] } + [0, outcome.accepted])
        let last = Double(max(days ?? 1, outcome.last.day))
        let titles = ["\(outcome.name), policy less holdout, any day 95%", "\(outcome.name) less holdout, any day"]
        let title = titles.first { TextWidth.width(of: $0) + 2 <= rect.width } ?? outcome.name
        var canvas = PlotCanvas(
            x: PlotAxis(1...max(2, last), title: "day \(frame.glyphs.rightArrow)", format: .fixed(0)),
            y: PlotAxis(range, isReversed: outcome.sign < 0, title: " " + title))
        canvas.horizontalGuide(at: 0, style: .border)
        if outcome.accepted != 0 { canvas.horizontalGuide(at: outcome.accepted, style: .limit) }
        if let day = outcome.alarmDay { canvas.verticalGuide(at: Double(day), style: .bad) }
        func points(_ value: (Backtest.Day) -> Double) -> [PlotCanvas.Point] {
            outcome.days.map { PlotCanvas.Point(Double($0.day), value($0)) }
        }
        canvas.line(points(\.low), style: .bar, isDotted: true)
        canvas.line(points(\.high), style: .bar, isDotted: true)
        canvas.line(points(\.value), style: outcome.alarmDay == nil ? .plotFront : .bad)
        canvas.draw(in: rect, of: &frame)
    }
}
