import Frames
import Policies
import Studies

extension BudgetScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let workspace = state.facts.workspace else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let (left, right) = rect.splitLeft(min(48, max(29, rect.width * 2 / 5)))
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        SpendingPane.draw(state, workspace.space, in: left, of: &frame)
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let rankers = StudyRanker.standard.count + 1
        let (curve, below) = inner.splitTop(max(inner.height / 2, inner.height - rankers - 1))
        CostCurvePane.draw(state, in: curve, of: &frame)
        guard below.height > 1 else { return }
        frame.horizontalRule(y: below.y, from: right.x, to: rect.maxX - 1, style: .border)
        RankerTable.draw(state, in: below.inset(top: 1), of: &frame)
    }
}
