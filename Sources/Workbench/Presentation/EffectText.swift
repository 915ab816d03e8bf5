import Effects
import Frames
import Policies
import Studies
import Texts

/// Effects in writing, the same on every screen: relative to control's mean where that is far enough from 0, else in the
/// outcome's own unit.
struct EffectText {
    private let description: StudyDescription

    init(_ description: StudyDescription) { self.description = description }

    /// |V0| where effects on this outcome are shown relative to it; nil where they are shown in its own unit.
    func base(_ outcome: Int) -> Double? {
        guard let average = description.averageEffects.first(where: { $0.outcome == outcome }), average.lift != nil,
            average.controlMean != 0
        else { return nil }
        return abs(average.controlMean)
    }

    /// "+4.1%" or "0.0412".
    func value(_ value: Double, _ outcome: Int) -> String {
        guard let base = base(outcome) else { return Wording.signed(value) }
        return Wording.points(value / base)
    }

    /// Half the width of the interval, without its sign: "2.4" or "0.31".
    func reach(_ low: Double, _ high: Double, _ outcome: Int) -> String {
        let half = (high - low) / 2
        guard let base = base(outcome) else { return NumberText.significant(half, 2) }
        return Wording.bare(half / base)
    }

    /// Whether an interval says anything: one wider than twice control's mean on either side comes from too few units or events.
    func isTelling(_ low: Double, _ high: Double, _ outcome: Int) -> Bool {
        base(outcome).map { (high - low) / 2 <= 2 * $0 } ?? true
    }

    /// Units of a cohort below which nothing is said of it: with fewer a normal interval is too short, and 0 lies outside by chance.
    static let leastUnits = 30

    /// "+4.1% ±2.4 ▲", or that too few units or events are behind it.
    func text(_ difference: MeanDifference, _ outcome: Int, _ glyphs: GlyphSet) -> StyledText {
        guard isTelling(difference.low, difference.high, outcome) else { return StyledText("too few ", .secondary) }
        let verdict = Verdict(difference, sign: description.space.outcomes[outcome].sign)
        return StyledText(value(difference.effect, outcome), verdict.style)
            + StyledText(" \(glyphs.plusMinus)\(reach(difference.low, difference.high, outcome)) ", .secondary)
            + verdict.mark(glyphs)
    }

    /// The direction in which an outcome is better.
    static func direction(_ outcome: PolicySpace.Outcome, _ glyphs: GlyphSet) -> String {
        String(outcome.direction == .maximize ? glyphs.higher : glyphs.lower)
    }

    /// "sessions ↑", cut to `width` columns with the arrow kept.
    static func name(
        _ outcome: Int, in space: PolicySpace, width: Int, _ glyphs: GlyphSet, style: Style = .text
    ) -> StyledText {
        StyledText(space.outcome(outcome, to: max(1, width - 2), glyphs), style)
            + StyledText(" " + direction(space.outcomes[outcome], glyphs), .secondary)
    }
}
