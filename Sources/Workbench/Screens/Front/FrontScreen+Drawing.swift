import Frames
import Policies
import Studies

extension FrontScreen {
    /// Rows from which the other pairs of outcomes are drawn below the plot.
    private static let tall = 40
    /// Rows from which a pane stands below the plot.
    private static let roomForBoth = 32

    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let space = state.space else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let (left, right) = rect.splitLeft(max(rect.width * 10 / 16, rect.width - 92))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let room = max(inner.height - 6, inner.height * 6 / 10)
        let details = CandidateDetails.lines(state, space, width: inner.width, rows: room - 1, frame.glyphs)
        let (list, below) = inner.splitBottom(min(details.count + 1, room))
        let pairs = FrontPairs.pairs(state, space)
        if state.front.pane != .estimates {
            drawPane(state, space, in: left, of: &frame)
        } else if left.height >= tall, !pairs.isEmpty {
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

    /// The pane below the plot, or in its place where there is no room for both.
    private static func drawPane(
        _ state: WorkbenchState, _ space: PolicySpace, in rect: Rect, of frame: inout Frame
    ) {
        guard rect.height >= roomForBoth else {
            CandidatePane.draw(state, space, in: rect, of: &frame)
            return
        }
        let (plot, pane) = rect.splitBottom(max(18, rect.height * 45 / 100))
        FrontPlot.draw(state, space, in: plot, of: &frame)
        frame.horizontalRule(y: pane.y, from: rect.x, to: rect.maxX, style: .border)
        CandidatePane.draw(state, space, in: pane.inset(top: 1), of: &frame)
    }
}
