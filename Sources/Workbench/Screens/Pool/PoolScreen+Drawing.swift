import Frames
import Pooling
import Texts

extension PoolScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let fit = state.pool.fit else { return }
        let width = min(76, max(31, rect.width * 21 / 40))
        guard !state.pool.isDetailed else {
            let (left, right) = rect.splitLeft(width)
            frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
            PooledExperimentList.draw(state, fit, in: left, of: &frame)
            PooledExperimentDetails.draw(
                state, fit, in: Rect(x: right.x + 2, y: right.y, width: right.width - 3, height: right.height),
                of: &frame)
            return
        }
        let (top, below) = rect.splitBottom(PoolRows.judged(state, fit).count + 2)
        let (left, right) = top.splitLeft(width)
        frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
        frame.verticalRule(x: right.x, from: rect.y - 1, to: below.y, style: .border)
        PooledExperimentList.draw(state, fit, in: left, of: &frame)
        PoolJudgementTable.draw(state, fit, in: below.inset(top: 1), of: &frame)
        guard let structure = PoolRows.structure(state, fit) else { return }
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        // What the map has no use for is the plot's.
        let spare = inner.height - structure.contrasts.count - 1
        let (map, spectrum) = inner.splitBottom(min(16, max(5, inner.height / 3, spare)))
        let focused = fit.model.shape.experiments[state.pool.focused].name
        CorrelationMap.draw(structure, focused: focused, in: map, of: &frame)
        frame.horizontalRule(y: spectrum.y, from: right.x, to: rect.maxX - 1, style: .border)
        SingularValuePlot.draw(structure, in: spectrum.inset(top: 1), of: &frame)
    }

    package static func drawHeader(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let fit = state.pool.fit else { return }
        let (shape, model) = (fit.model.shape, fit.model)
        let network = model.network == .linear ? "linear" : "one hidden layer"
        let (dimension, seed) = ("d \(model.dimension)", "seed \(fit.settings.seed)")
        let covariates = count(model.embedding.covariates.count, "covariate")
        let counts =
            "   \(count(shape.experiments.count, "experiment"))   "
            + "\(NumberText.grouped(fit.unitCounts.reduce(0, +))) units"
        let left = StyledText(" " + state.facts.title, .title) + StyledText(counts)
        frame.write(left, in: rect, row: 0)
        let wordings = [
            "\(covariates) · \(network), \(dimension) · \(seed) ", "\(network), \(dimension) · \(seed) ",
            "\(network), \(dimension) ", "\(dimension) ",
        ]
        if let right = wordings.first(where: { left.width + TextWidth.width(of: $0) < rect.width }) {
            frame.write(right, in: rect, row: 0, style: .secondary, align: .right)
        }
        let tab = StyledText("[\(number) \(title)]", .accent.bold)
        frame.write(tab, in: rect, row: 1)
        frame.mark(.tab(0), Rect(x: rect.x, y: rect.y + 1, width: tab.width, height: 1))
        let outcome =
            StyledText("effects on ", .secondary) + StyledText(PoolRows.outcome(state, fit))
            + StyledText("  \(state.pool.outcome + 1)/\(shape.outcomes.count) ", .secondary)
        frame.write(outcome, in: rect, row: 1, align: .right)
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(NumberText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
