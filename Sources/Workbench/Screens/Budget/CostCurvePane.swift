import Frames
import Ranking
import Studies
import Texts

/// Value against cost as more of the units are targeted: the focused ranker with its band, the others, and a random order.
enum CostCurvePane {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let view = BudgetRows.view(state) else { return waiting(state, in: rect, of: &frame) }
        let own = view.entry(state.budget.row)
        let isStale = BudgetRows.isStale(state)
        let band = own.points.flatMap { point in [point.valueInterval?.low, point.valueInterval?.high] }
            .compactMap { $0 }
        // The focused ranker is drawn at every percent, the others at deciles: more of them would hide it.
        let others = view.entries.filter { $0.name != own.name }.flatMap { deciles($0) }
        let costs = own.points.map(\.cost) + others.map(\.x)
        let values = own.points.map(\.value) + others.map(\.y)
        var plot = PlotCanvas(
            x: PlotAxis(PlotAxis.range(of: costs + [0]), title: "\(view.ranking.cost) per unit"),
            y: PlotAxis(
                PlotAxis.range(of: values + band + [0]), title: " \(view.ranking.value) per unit, by \(own.name), 95%"))
        let origin = PlotCanvas.Point(0, 0)
        plot.horizontalGuide(at: 0, style: .border)
        let here = own.point(state.budget.budget)
        plot.verticalGuide(at: here.cost, style: .accent)
        plot.line([origin, PlotCanvas.Point(own.curve.endCost, own.curve.endValue)], style: .secondary)
        plot.points(others, style: .plotPoint)
        for bound in [\BudgetView.Point.valueInterval?.low, \.valueInterval?.high] {
            plot.points(
                own.points.compactMap { point in point[keyPath: bound].map { PlotCanvas.Point(point.cost, $0) } },
                style: .secondary)
        }
        plot.line(
            [origin] + own.points.map { PlotCanvas.Point($0.cost, $0.value) }, style: isStale ? .secondary : .plotFront)
        plot.mark(frame.glyphs.pick, at: PlotCanvas.Point(here.cost, here.value))
        plot.draw(in: rect, of: &frame)
    }

    private static func deciles(_ entry: BudgetView.Entry) -> [PlotCanvas.Point] {
        CostCurve.deciles.indices.map { PlotCanvas.Point(entry.curve.costs[$0], entry.curve.values[$0]) }
    }

    private static func waiting(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        var (sentence, style) = ("the units are being ranked", Style.secondary)
        if BudgetRows.cost(state) == nil {
            sentence = "no outcome is the cost of the others: c chooses one here, cost: NAME in the spec for good"
        } else if case .refused(let why)? = state.results[.ranking] {
            (sentence, style) = (why, .warning)
        } else if let progress = state.running[.ranking] {
            sentence += ": \(progress.text(now: state.now))"
        }
        for (row, line) in TextWidth.wrap(sentence, to: max(10, rect.width - 3)).enumerated() {
            frame.write("  " + line, in: rect, row: 1 + row, style: style)
        }
    }
}
