import Effects
import Frames
import Policies
import Texts

/// Limits as marks.
enum Limits {
    static func mark(_ verdict: LimitVerdict) -> LimitMark {
        switch verdict {
        case .inside: .inside
        case .uncertain: .unsure
        case .outside: .outside
        }
    }

    /// How an arm, given to everyone, stands to an outcome's limit by its average effect; nil without a limit.
    static func verdict(_ average: AverageEffect, _ outcome: PolicySpace.Outcome) -> LimitVerdict? {
        let value: Double
        let least: Double
        let reach: Double
        switch outcome.threshold {
        case nil: return nil
        case .absolute(let bound):
            (value, least) = (average.difference.effect, bound)
            reach = 1.96 * average.difference.standardError
        case .relative(let bound):
            guard let lift = average.lift else { return .uncertain }
            (value, least) = (lift.value, bound)
            reach = 1.96 * lift.standardError
        }
        guard outcome.sign * value >= least else { return .outside }
        return outcome.sign * value - reach >= least ? .inside : .uncertain
    }

    static func text(_ verdict: LimitVerdict?, _ outcome: PolicySpace.Outcome, _ glyphs: GlyphSet) -> StyledText {
        guard let verdict, let threshold = outcome.threshold else { return StyledText("") }
        let bound: String
        switch threshold {
        case .relative(let least): bound = NumberText.percent(outcome.sign * least, 0, signed: true)
        case .absolute(let least): bound = NumberText.significant(outcome.sign * least, 2)
        }
        return mark(verdict).text(glyphs) + StyledText(bound, .limit).padded(to: 4, align: .right)
    }
}
