import Effects
import Frames

/// The uplift curves of all learners side by side on one scale, so that the focused one is seen among the others.
enum UpliftGrid {
    /// Rows of the pane from which the grid stands below the focused curve.
    static let roomBelow = 18
    private static let leastWidth = 18

    static func draw(
        _ report: ModelReport, arm: Int, outcome: Int, focus: String, in rect: Rect, of frame: inout Frame
    ) {
        let curves = report.learners.indices.compactMap { index in
            let judgement = report.judgement(learner: index, arm: arm, outcome: outcome)
            return judgement.curve.map { (judgement.learner, $0) }
        }
        guard !curves.isEmpty, rect.height >= 5 else { return }
        let perRow = max(1, min(curves.count, rect.width / leastWidth))
        let rows = min((curves.count + perRow - 1) / perRow, max(1, rect.height / 5))
        let range = PlotAxis.range(of: curves.flatMap { $0.1.gains } + [0])
        let (width, height) = (rect.width / perRow, rect.height / rows)
        for (index, (name, curve)) in curves.prefix(rows * perRow).enumerated() {
            let cell = Rect(
                x: rect.x + index % perRow * width, y: rect.y + index / perRow * height, width: width - 1,
                height: height)
            let isFocused = name == focus
            let hidden = curves.count - rows * perRow
            let isLast = index == rows * perRow - 1 && hidden > 0
            frame.write(
                StyledText(" \(name)", isFocused ? .focus.bold : .secondary)
                    + StyledText(isLast ? "  \(hidden) more" : "", .secondary), in: cell, row: 0)
            var plot = PlotCanvas(x: PlotAxis(0...100), y: PlotAxis(range))
            plot.horizontalGuide(at: 0, style: .border)
            plot.line(
                zip(RankingCurve.shares, curve.gains).map { PlotCanvas.Point(100 * $0, $1) },
                style: isFocused ? .plotFront : .plotPoint)
            plot.drawLayers(in: cell.inset(top: 1), of: &frame)
        }
    }
}
