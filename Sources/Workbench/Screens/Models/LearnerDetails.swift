import Effects
import Frames
import Texts

/// The focused learner's further figures, and which learner to use.
enum LearnerDetails {
    static func draw(
        _ judgement: ValidatedLearner, _ report: ModelReport, fitted: String, composition: StackComposition?,
        in rect: Rect,
        of frame: inout Frame
    ) {
        let glyphs = frame.glyphs
        func line(_ name: String, _ value: String, _ reach: String? = nil) -> StyledText {
            StyledText(" \(name)", .secondary).padded(to: 13) + StyledText(value)
                + StyledText(reach.map { " \(glyphs.plusMinus)\($0)" } ?? "", .secondary)
        }
        func line(_ name: String, _ measure: Measure) -> StyledText {
            line(
                name, NumberText.significant(measure.value, 3),
                NumberText.significant(measure.halfWidth, 2))
        }
        var lines = [StyledText(" \(judgement.learner)", .title)]
        if let risk = judgement.muRisk { lines.append(line("mu-risk", NumberText.significant(risk, 4))) }
        if let curve = judgement.curve { lines.append(line("Qini", curve.qini)) }
        lines.append(
            judgement.behindBest.value == 0
                ? StyledText(" lowest tau-risk", .good) : line("behind best", judgement.behindBest))
        if let composition {
            let members = composition.weighty.map { "\($0.learner) \(NumberText.percent($0.weight, 0))" }
            lines += TextWidth.wrap("of \(members.joined(separator: ", "))", to: max(10, rect.width - 2))
                .map { StyledText(" \($0)") }
        }
        if let worse = judgement.worseThanConstant {
            lines += TextWidth.wrap(worse, to: max(10, rect.width - 2)).map { StyledText(" \($0)", .warning) }
        }
        let words = TextWidth.wrap(
            "use \(report.recommendation.learner ?? "the average"): \(report.recommendation.reason)"
                + remedy(report, fitted),
            to: max(10, rect.width - 2))
        let room = max(1, rect.height - lines.count)
        lines += words.prefix(room).map { StyledText(" \($0)", .accent) }
        for (row, line) in lines.prefix(rect.height).enumerated() { frame.write(line, in: rect, row: row) }
    }

    /// How the study gets another learner than the one it was fitted with.
    private static func remedy(_ report: ModelReport, _ fitted: String) -> String {
        guard let learner = report.recommendation.learner, learner != fitted else { return "" }
        return "; the study has \(fitted): with the cursor on \(learner), F fits a study with it"
    }
}
