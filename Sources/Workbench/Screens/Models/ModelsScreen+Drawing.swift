import Effects
import Experiments
import Frames
import Policies
import Texts

extension ModelsScreen {
    package static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let space = state.facts.description?.space else {
            Screens.waiting("reading the experiment", state, in: rect, of: &frame)
            return
        }
        let pair = ModelRows.pair(state)
        let focused = space.outcomes[pair.outcome]
        guard let report = state.results[.modelReport], let arm = report.arms.firstIndex(of: space.arms[pair.arm]),
            let outcome = report.outcomes.firstIndex(of: space.outcomes[pair.outcome].name)
        else {
            guard state.models.pane == .settings else { return invite(state, in: rect, of: &frame) }
            return SettingsPane.draw(state.results[.hyperparameters], in: rect, of: &frame)
        }
        let verdict = report.verdict(arm: arm, outcome: outcome)
        heading(state, space, pair, verdict, in: rect, of: &frame)
        let table = min(report.learners.count + 1, max(3, rect.height / 2))
        let (upper, lower) = rect.inset(top: 1).splitTop(table)
        LearnerTable.draw(state, report, arm: arm, outcome: outcome, in: upper, of: &frame)
        frame.horizontalRule(y: lower.y, from: rect.x, to: rect.maxX - 1, style: .border)
        let body = lower.inset(top: 1)
        switch state.models.pane {
        case .curve: break
        case .projection:
            return ProjectionPane.draw(report.projection(arm: arm, outcome: outcome), focused, in: body, of: &frame)
        case .intervals:
            return IntervalsPane.draw(report.intervals(arm: arm, outcome: outcome), focused, in: body, of: &frame)
        case .settings: return SettingsPane.draw(state.results[.hyperparameters], in: body, of: &frame)
        }
        let judgement = report.judgement(learner: ModelRows.learner(state, report), arm: arm, outcome: outcome)
        let (left, right) = body.splitLeft(max(30, body.width - max(34, body.width / 3)))
        frame.verticalRule(x: right.x, from: lower.y, to: rect.maxY, style: .border)
        if left.height >= UpliftGrid.roomBelow {
            let (plot, grid) = left.splitBottom(left.height * 45 / 100)
            UpliftPlot.draw(judgement, focused, in: plot, of: &frame)
            UpliftGrid.draw(report, arm: arm, outcome: outcome, focus: judgement.learner, in: grid, of: &frame)
        } else {
            UpliftPlot.draw(judgement, focused, in: left, of: &frame)
        }
        LearnerDetails.draw(
            judgement, report, fitted: state.facts.description?.spec.effects.learner.name ?? "",
            composition: judgement.learner == LearnerSpec.stack.name
                ? report.composition(arm: arm, outcome: outcome) : nil,
            in: Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height), of: &frame)
    }

    private static func invite(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        frame.write(" no learner has been judged yet", in: rect, row: 1, style: .text)
        for (row, line) in TextWidth.wrap(
            "r judges the quick learners and the study's own on units their models never saw, R judges all of them; "
                + "until then nothing here says that effects differ at all", to: max(10, rect.width - 4)
        ).enumerated() {
            frame.write("  " + line, in: rect, row: 3 + row, style: .secondary)
        }
    }

    private static func heading(
        _ state: WorkbenchState, _ space: PolicySpace, _ pair: (arm: Int, outcome: Int),
        _ verdict: HeterogeneityVerdict, in rect: Rect, of frame: inout Frame
    ) {
        let name = EffectText.name(pair.outcome, in: space, width: 18, frame.glyphs, style: .title)
        let words = verdict.isDetected ? "effects differ between units " : "no detectable heterogeneity "
        let (left, _) = rect.splitLeft(rect.width - words.count - 1)
        let arm = space.arm(pair.arm, to: max(8, left.width - name.width - 5), frame.glyphs)
        let against = StyledText(" against \(space.arms[0]) on ", .secondary)
        let title = StyledText(" \(arm)", .title)
        let isRoomy = title.width + against.width + name.width <= left.width
        frame.write(title + (isRoomy ? against : StyledText(" on ", .secondary)) + name, in: left, row: 0)
        frame.write(words, in: rect, row: 0, style: verdict.isDetected ? .good.bold : .warning, align: .right)
    }
}
