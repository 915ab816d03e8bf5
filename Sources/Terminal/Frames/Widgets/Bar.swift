/// A share as a horizontal bar, to an eighth of a cell.
package struct Bar: Sendable, Hashable {
    /// 0 to 1; clamped. Anything not finite is an empty bar.
    package var fraction: Double
    package var style: Style

    package init(_ fraction: Double, style: Style = .bar) {
        self.fraction = fraction
        self.style = style
    }

    /// Exactly `width` columns.
    package func text(width: Int, glyphs: GlyphSet) -> StyledText {
        let width = min(max(width, 0), Rect.bound)
        let steps = glyphs.barSteps
        let filled = Self.steps(fraction, in: width, steps: steps.count)
        var bar = String(repeating: Character(steps[steps.count - 1]), count: filled / steps.count)
        if filled % steps.count > 0 { bar.unicodeScalars.append(steps[filled % steps.count - 1]) }
        var text = StyledText(bar, style)
        text.append(String(repeating: " ", count: width - text.width))
        return text
    }

    /// A positive share is never drawn as nothing, and only a full one as full.
    static func steps(_ fraction: Double, in width: Int, steps: Int) -> Int {
        guard fraction.isFinite, fraction > 0, width > 0 else { return 0 }
        let all = width * steps
        guard fraction < 1 else { return all }
        return min(max(Int((fraction * Double(all)).rounded()), 1), max(all - 1, 1))
    }
}
