import Experiments
import Frames
import Policies
import Studies

extension ExperimentScreen {
    /// Rows from which balance and checks stand below the effects instead of in their place.
    private static let tall = 30

    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let description = state.facts.description, let health = state.facts.health else {
            Screens.waiting("reading the experiment", state, in: rect, of: &frame)
            return
        }
        let arms = description.space.armCount
        let (top, rest) = rect.splitTop(min(max(6, arms + 2), rect.height / 3))
        let (left, right) = top.splitLeft(min(rect.width * 11 / 20, 90))
        ArmsPane.draw(description, health, in: left, of: &frame)
        ChecksPane.summary(
            health, in: Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height), of: &frame)
        frame.horizontalRule(y: rest.y, from: rect.x, to: rect.maxX - 1, style: .border)
        frame.verticalRule(x: right.x, from: rect.y - 1, to: rest.y, style: .border)
        let body = rest.inset(top: 1)
        guard rect.height >= tall else {
            switch state.experiment.pane {
            case .effects: AverageEffectsPane.draw(state, description, in: body, of: &frame)
            case .balance: BalancePane.draw(state, description, health, in: body, of: &frame)
            case .checks: ChecksPane.list(state, health, in: body, of: &frame)
            }
            return
        }
        let rows = description.averageEffects.count + 1
        let (effects, below) = body.splitTop(min(rows, body.height * 6 / 10))
        AverageEffectsPane.draw(state, description, in: effects, of: &frame)
        frame.horizontalRule(y: below.y, from: rect.x, to: rect.maxX - 1, style: .border)
        let (balance, checks) = below.splitLeft(rect.width / 2)
        frame.verticalRule(x: checks.x, from: below.y, to: below.maxY, style: .border)
        BalancePane.draw(state, description, health, in: balance.inset(top: 1), of: &frame)
        ChecksPane.list(
            state, health,
            in: Rect(x: checks.x + 1, y: checks.y + 1, width: checks.width - 1, height: checks.height - 1),
            of: &frame)
    }
}
