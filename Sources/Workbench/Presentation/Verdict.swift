import Effects
import Frames
import Policies
import Statistics

/// What an interval says of an effect, told by glyph and role alike: `▲` surely better, `▼` surely worse, `·` neither.
enum Verdict: Equatable {
    case better, worse, unsure

    /// - Parameter sign: of the outcome's direction.
    init(low: Double, high: Double, sign: Double) {
        self = low > 0 ? (sign > 0 ? .better : .worse) : high < 0 ? (sign > 0 ? .worse : .better) : .unsure
    }

    init(_ difference: MeanDifference, sign: Double) {
        self.init(difference.estimate, sign: sign)
    }

    init(_ estimate: Estimate, sign: Double) {
        guard let low = estimate.low, let high = estimate.high else {
            self = .unsure
            return
        }
        self.init(low: low, high: high, sign: sign)
    }

    var style: Style {
        switch self {
        case .better: .good
        case .worse: .bad
        case .unsure: .text
        }
    }

    func glyph(_ glyphs: GlyphSet) -> Unicode.Scalar {
        switch self {
        case .better: glyphs.better
        case .worse: glyphs.worse
        case .unsure: glyphs.separator
        }
    }

    func mark(_ glyphs: GlyphSet) -> StyledText {
        StyledText(String(glyph(glyphs)), self == .unsure ? .secondary : style)
    }
}
