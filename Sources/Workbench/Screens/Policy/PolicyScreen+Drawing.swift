import Frames
import Policies
import Studies

extension PolicyScreen {
    /// Rows below the outcomes from which curves and another pane stand together.
    private static let tall = 30
    /// What the front takes below the knobs.
    private static let roomForFront = (width: 48, height: 13)
    /// Rows that the pane below the outcomes has at least, with the rule above it.
    private static let leastBelow = 6

    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let workspace = state.facts.workspace else {
            Screens.waiting("effects are being estimated", state, in: rect, of: &frame)
            return
        }
        let space = workspace.space
        // ASCII writes the sign of an interval in two characters; the sliders give the column for it.
        let sliders = min(64, max(rect.width < 72 ? 32 : 36, rect.width * 9 / 20)) - (frame.glyphs.plusMinus.count - 1)
        let (left, right) = rect.splitLeft(sliders)
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rect.maxY, style: .border)
        let lines = KnobPane.height(state, space)
        if left.width >= Self.roomForFront.width, left.height - lines >= Self.roomForFront.height,
            let plane = FrontPlane(state)
        {
            let (knobs, plot) = left.splitTop(lines)
            KnobPane.draw(state, space, workspace.grids, in: knobs, of: &frame)
            frame.horizontalRule(y: plot.y, from: left.x, to: left.maxX, style: .border)
            FrontPlot.draw(state, space, plane, zoomed: false, in: plot.inset(top: 1), of: &frame)
        } else {
            KnobPane.draw(state, space, workspace.grids, in: left, of: &frame)
        }
        let inner = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
        let rows = OutcomePane.Rows(state, space, in: inner.height - Self.leastBelow)
        let (table, below) = inner.splitTop(rows.height)
        OutcomePane.draw(state, space, rows, in: table, of: &frame)
        frame.horizontalRule(y: below.y, from: right.x, to: rect.maxX - 1, style: .border)
        let body = below.inset(top: 1)
        guard body.height >= tall else {
            draw(state.policy.pane, state, workspace, in: body, of: &frame)
            return
        }
        let (curves, other) = body.splitTop(body.height * 6 / 10)
        CurvePane.draw(state, workspace, in: curves, of: &frame)
        frame.horizontalRule(y: other.y, from: right.x, to: rect.maxX - 1, style: .border)
        let second = state.policy.pane == .curves ? PolicyPane.cohorts : state.policy.pane
        draw(second, state, workspace, in: other.inset(top: 1), of: &frame)
    }

    private static func draw(
        _ pane: PolicyPane, _ state: WorkbenchState, _ workspace: PolicyWorkspace, in rect: Rect, of frame: inout Frame
    ) {
        switch pane {
        case .curves: CurvePane.draw(state, workspace, in: rect, of: &frame)
        case .cohorts: PolicyCohortsPane.draw(state, workspace.space, in: rect, of: &frame)
        case .pins: PinsPane.draw(state, workspace.space, in: rect, of: &frame)
        }
    }
}

extension Rect {
    func inset(top: Int) -> Rect { splitTop(top).rest }
}
