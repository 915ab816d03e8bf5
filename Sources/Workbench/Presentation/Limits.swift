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

    static func text(_ verdict: LimitVerdict?, _ outcome: PolicySpace.Outcome, _ glyphs: GlyphSet) -> StyledText {
        guard let verdict, let limit = outcome.limit else { return StyledText("") }
        let bound =
            limit.isRelative
            ? NumberText.percent(limit.bound, 0, signed: true) : NumberText.significant(limit.bound, 2)
        return mark(verdict).text(glyphs)
            + StyledText(bound, verdict == .inside ? .secondary : Style(mark(verdict).role)).padded(
                to: 4, align: .right)
    }
}
