import Effects
import Frames
import Policies

/// What treating the units that the learner ranks first gains, with its band, and the line of treating at random.
enum UpliftPlot {
    static func draw(
        _ judgement: ValidatedLearner, _ outcome: PolicySpace.Outcome, in rect: Rect, of frame: inout Frame
    ) {
        guard let curve = judgement.curve else {
            frame.write(
                judgement.isConstant
                    ? " the same effect for everybody ranks nobody" : " it predicts one effect for everybody",
                in: rect, row: 0, style: .secondary)
            return
        }
        let bounds = curve.band.flatMap { [$0.low, $0.high] }
        var plot = PlotCanvas(
            x: PlotAxis(0...100, title: "% of units treated, by \(judgement.learner)", format: .fixed(0)),
            y: PlotAxis(
                PlotAxis.range(of: bounds + [0]),
                title: " gain on \(outcome.name) per unit, better is up, 95% band"))
        func points(_ values: [Double]) -> [PlotCanvas.Point] {
            zip(RankingCurve.shares, values).map { PlotCanvas.Point(100 * $0, $1) }
        }
        plot.horizontalGuide(at: 0, style: .border)
        plot.line([PlotCanvas.Point(0, 0), PlotCanvas.Point(100, curve.gains.last ?? 0)], style: .secondary)
        plot.points(points(curve.band.map(\.low)), style: .plotPoint)
        plot.points(points(curve.band.map(\.high)), style: .plotPoint)
        plot.line(points(curve.gains), style: .plotFront)
        plot.draw(in: rect, of: &frame)
    }
}
