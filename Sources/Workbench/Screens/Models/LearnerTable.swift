import Effects
import Frames
import Texts

/// One row per learner: risks, calibration, ranking and test.
enum LearnerTable {
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
                judgement.isConstant ? none : StyledText(NumberText.probability(judgement.adjustedP)),
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
                Table.Column("AUTOC", width: .fixed(15), align: .right),
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
        let style = Verdict(low: measure.interval.low, high: measure.interval.high, sign: 1).style
        return StyledText(NumberText.signed(100 * measure.value, 2), style)
            + reach(NumberText.fixed(100 * measure.halfWidth, 2), glyphs)
    }

    private static func slope(_ measure: Measure, _ glyphs: GlyphSet) -> StyledText {
        let style: Style = measure.interval.contains(1) ? .text : .warning
        return StyledText(NumberText.fixed(measure.value, 2), style)
            + reach(NumberText.fixed(measure.halfWidth, 2), glyphs)
    }

    private static func area(_ measure: Measure, _ glyphs: GlyphSet) -> StyledText {
        let style = Verdict(low: measure.interval.low, high: measure.interval.high, sign: 1).style
        return StyledText(NumberText.significant(measure.value, 2), style)
            + reach(NumberText.significant(measure.halfWidth, 2), glyphs)
    }
}
