import Effects
import Frames
import Policies

/// Learners judged on units they never saw: which predicts effects best for the focused arm and outcome, and whether there
/// is anything to predict.
enum ModelsScreen {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard let space = state.description?.space else {
            Screens.waiting("reading the experiment", state, in: rect, of: &frame)
            return
        }
        let pair = ModelRows.pair(state)
        guard let report = state.modelReport, let arm = report.arms.firstIndex(of: space.arms[pair.arm]),
            let outcome = report.outcomes.firstIndex(of: space.outcomes[pair.outcome].name)
        else {
            invite(state, in: rect, of: &frame)
            return
        }
        let verdict = report.verdict(arm: arm, outcome: outcome)
        heading(state, space, pair, verdict, in: rect, of: &frame)
        let table = min(report.learners.count + 1, max(3, rect.height / 2))
        let (upper, lower) = rect.inset(top: 1).splitTop(table)
        LearnerTable.draw(state, report, arm: arm, outcome: outcome, in: upper, of: &frame)
        frame.horizontalRule(y: lower.y, from: rect.x, to: rect.maxX - 1, style: .border)
        let body = lower.inset(top: 1)
        let judgement = report.judgement(learner: ModelRows.learner(state, report), arm: arm, outcome: outcome)
        let (left, right) = body.splitLeft(max(30, body.width - max(34, body.width / 3)))
        frame.verticalRule(x: right.x, from: lower.y, to: rect.maxY, style: .border)
        UpliftPlot.draw(judgement, space.outcomes[pair.outcome], in: left, of: &frame)
        LearnerDetails.draw(
            judgement, report, in: Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height),
            of: &frame)
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
        let name = EffectText.name(space.outcomes[pair.outcome], width: 18, frame.glyphs, style: .title)
        frame.write(
            StyledText(" \(space.arms[pair.arm])", .title) + StyledText(" against \(space.arms[0]) on ", .secondary)
                + name, in: rect, row: 0)
        let words = verdict.isDetected ? "effects differ between units " : "no detectable heterogeneity "
        frame.write(words, in: rect, row: 0, style: verdict.isDetected ? .good.bold : .warning, align: .right)
    }
}

/// One row per learner: risks, calibration, ranking and test.
private enum LearnerTable {
    static func draw(
        _ state: WorkbenchState, _ report: ModelReport, arm: Int, outcome: Int, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        let rows = report.learners.indices.map { index -> [StyledText] in
            let judgement = report.judgement(learner: index, arm: arm, outcome: outcome)
            let isBest = judgement.learner == report.recommendation.learner
            return [
                StyledText(isBest ? String(glyphs.pick) : " ", .plotPick) + StyledText(judgement.learner),
                StyledText(NumberText.significant(judgement.tauRisk, 4)),
                judgement.isConstant ? none : score(judgement.rScore, glyphs),
                judgement.calibration.map { slope($0, glyphs) } ?? none,
                judgement.curve.map { area($0.autoc, glyphs) } ?? none,
                judgement.test.statistic.map { StyledText(NumberText.fixed($0, 2)) } ?? none,
                judgement.isConstant ? none : StyledText(probability(judgement.adjustedP)),
                judgement.isConstant
                    ? none
                    : judgement.isDetected ? StyledText("yes", .good) : StyledText("no", .secondary),
            ]
        }
        let row = ModelRows.learner(state, report)
        let room = max(1, rect.height - 1)
        let offset = max(0, min(row - room / 2, rows.count - room))
        for line in 0..<min(room, rows.count - offset) { frame.mark(.row(line + offset), rect.row(line + 1)) }
        Table(
            columns: [
                Table.Column(" LEARNER", width: .fixed(10)),
                Table.Column("tau-risk", width: .fixed(9), align: .right),
                Table.Column("R-score %", width: .fixed(12), align: .right),
                Table.Column("slope", width: .fixed(11), align: .right),
                Table.Column("AUTOC", width: .flexible(min: 13), align: .right),
                Table.Column("z", width: .fixed(6), align: .right),
                Table.Column("p Holm", width: .fixed(6), align: .right),
                Table.Column("sure", width: .fixed(4), align: .right),
            ], rows: rows, selected: row, offset: offset
        ).draw(in: rect, of: &frame)
    }

    private static var none: StyledText { StyledText("-", .secondary) }

    private static func reach(_ text: String, _ glyphs: GlyphSet) -> StyledText {
        StyledText(" \(glyphs.plusMinus)\(text)", .secondary)
    }

    private static func score(_ measure: Measure, _ glyphs: GlyphSet) -> StyledText {
        let style: Style = measure.interval.low > 0 ? .good : measure.interval.high < 0 ? .bad : .text
        return StyledText(NumberText.signed(100 * measure.value, 2), style)
            + reach(NumberText.fixed(196 * measure.standardError, 2), glyphs)
    }

    private static func slope(_ measure: Measure, _ glyphs: GlyphSet) -> StyledText {
        let style: Style = measure.interval.contains(1) ? .text : .warning
        return StyledText(NumberText.fixed(measure.value, 2), style)
            + reach(NumberText.fixed(1.96 * measure.standardError, 2), glyphs)
    }

    private static func area(_ measure: Measure, _ glyphs: GlyphSet) -> StyledText {
        let style: Style = measure.interval.low > 0 ? .good : measure.interval.high < 0 ? .bad : .text
        return StyledText(NumberText.significant(measure.value, 2), style)
            + reach(NumberText.significant(1.96 * measure.standardError, 2), glyphs)
    }

    static func probability(_ p: Double) -> String { p < 0.0005 ? "<0.001" : NumberText.fixed(p, 3) }
}

/// What treating the units that the learner ranks first gains, with its band, and the line of treating at random.
private enum UpliftPlot {
    static func draw(
        _ judgement: LearnerJudgement, _ outcome: PolicySpace.Outcome, in rect: Rect, of frame: inout Frame
    ) {
        guard let curve = judgement.curve else {
            frame.write(
                judgement.isConstant
                    ? " the same effect for everybody ranks nobody" : " it predicts one effect for everybody",
                in: rect, row: 0, style: .secondary)
            return
        }
        let bounds = curve.band.flatMap { [$0.low, $0.high] }
        var plot = PlotCanvas(
            x: PlotAxis(0...100, title: "% of units treated, by \(judgement.learner)", format: .fixed(0)),
            y: PlotAxis(
                PlotAxis.range(of: bounds + [0]),
                title: " gain on \(outcome.name) per unit, better is up, 95% band"))
        func points(_ values: [Double]) -> [PlotCanvas.Point] {
            zip(RankingCurve.shares, values).map { PlotCanvas.Point(100 * $0, $1) }
        }
        plot.horizontalGuide(at: 0, style: .border)
        plot.line([PlotCanvas.Point(0, 0), PlotCanvas.Point(100, curve.gains.last ?? 0)], style: .secondary)
        plot.points(points(curve.band.map(\.low)), style: .plotPoint)
        plot.points(points(curve.band.map(\.high)), style: .plotPoint)
        plot.line(points(curve.gains), style: .plotFront)
        plot.draw(in: rect, of: &frame)
    }
}

/// The focused learner's further figures, and which learner to use.
private enum LearnerDetails {
    static func draw(
        _ judgement: LearnerJudgement, _ report: ModelReport, in rect: Rect, of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        func line(_ name: String, _ value: String, _ reach: String? = nil) -> StyledText {
            StyledText(" \(name)", .secondary).padded(to: 13) + StyledText(value)
                + StyledText(reach.map { " \(glyphs.plusMinus)\($0)" } ?? "", .secondary)
        }
        func line(_ name: String, _ measure: Measure) -> StyledText {
            line(
                name, NumberText.significant(measure.value, 3),
                NumberText.significant(1.96 * measure.standardError, 2))
        }
        var lines = [StyledText(" \(judgement.learner)", .title)]
        if let risk = judgement.muRisk { lines.append(line("mu-risk", NumberText.significant(risk, 4))) }
        if let curve = judgement.curve { lines.append(line("Qini", curve.qini)) }
        lines.append(
            judgement.behindBest.value == 0
                ? StyledText(" lowest tau-risk", .good) : line("behind best", judgement.behindBest))
        let words = TextWidth.wrap(
            "use \(report.recommendation.learner ?? "the average"): \(report.recommendation.reason)",
            to: max(10, rect.width - 2))
        let room = max(1, rect.height - lines.count)
        lines += words.prefix(room).map { StyledText(" \($0)", .accent) }
        for (row, line) in lines.prefix(rect.height).enumerated() { frame.write(line, in: rect, row: row) }
    }
}
