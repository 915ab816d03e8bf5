import Frames
import Policies
import Studies

/// The attained trade-offs and the candidates on them (DESIGN section 5, second frame).
enum FrontScreen {
    /// Rows from which the other pairs of outcomes are drawn below the plot.
    private static let tall = 40

    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let space = state.space else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let (left, right) = rect.splitLeft(max(rect.width * 10 / 16, rect.width - 92))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let details = CandidateDetails.lines(state, space, width: inner.width, frame.glyphs)
        let (list, below) = inner.splitBottom(min(details.count + 1, max(inner.height - 6, inner.height * 6 / 10)))
        let pairs = FrontPairs.pairs(state, space)
        if left.height >= tall, !pairs.isEmpty {
            let (main, small) = left.splitBottom(left.height * 3 / 10)
            FrontPlot.draw(state, space, in: main, of: &frame)
            FrontPairs.draw(state, space, pairs, in: small, of: &frame)
        } else {
            FrontPlot.draw(state, space, in: left, of: &frame)
        }
        CandidateList.draw(state, space, in: list, of: &frame)
        frame.horizontalRule(y: below.y, from: right.x, to: rect.maxX - 1, style: .border)
        for (row, line) in details.prefix(below.height - 1).enumerated() {
            frame.write(line, in: below, row: row + 1)
        }
    }
}
