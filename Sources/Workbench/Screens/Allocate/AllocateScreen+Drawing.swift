import Allocation
import Frames
import Policies
import Studies

extension AllocateScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let workspace = state.facts.workspace else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let space = workspace.space
        let (left, right) = rect.splitLeft(min(48, max(29, rect.width * 2 / 5)))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        // On low screens the curve stands under the limits, so that cohorts have the room.
        let curve = min(6, max(5, space.outcomeCount + 1))
        let isLow = rect.height < 2 * (AllocationMethod.allCases.count + curve)
        let (limits, under) = left.splitTop(
            isLow ? max(LimitPane.leastHeight(space), left.height - curve - 1) : left.height)
        LimitPane.draw(state, space, in: limits, of: &frame)
        if isLow, under.height > 2 {
            frame.horizontalRule(y: under.y, from: left.x, to: left.maxX - 1, style: .border)
            LimitCurvePane.draw(state, space, in: under.inset(top: 1), of: &frame)
        }
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let methods = AllocationMethod.allCases.count + 1
        // Cohorts get what they need; what they leave becomes the curve's.
        let rows = AllocateRows.cohorts(state).count + 5
        let most = inner.height - methods - (isLow ? 1 : curve + 2)
        let spare = isLow ? 0 : max(0, most - max(rows, inner.height / 4))
        let (cohorts, below) = inner.splitTop(max(4, most - (spare >= LimitPlot.leastHeight ? spare : 0)))
        CohortSharesPane.draw(state, space, in: cohorts, of: &frame)
        frame.horizontalRule(y: below.y, from: right.x, to: rect.maxX - 1, style: .border)
        MethodPane.drawCaption(
            state, in: Rect(x: inner.x + 1, y: below.y, width: inner.width - 1, height: 1), of: &frame)
        let (table, rest) = below.inset(top: 1).splitTop(methods)
        MethodPane.draw(state, space, in: table, of: &frame)
        guard !isLow, rest.height > 1 else { return }
        frame.horizontalRule(y: rest.y, from: right.x, to: rect.maxX - 1, style: .border)
        let body = rest.inset(top: 1)
        // A heading and the price in at most two lines.
        let (words, plot) = body.splitTop(3)
        if plot.height < LimitPlot.leastHeight || !LimitPlot.draw(state, space, in: plot, of: &frame) {
            LimitCurvePane.draw(state, space, in: body, of: &frame)
        } else {
            LimitCurvePane.draw(state, space, isPlotted: true, in: words, of: &frame)
        }
    }
}
