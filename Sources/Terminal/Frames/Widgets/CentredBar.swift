/// A signed value as a bar from zero in the middle: to the right when positive, to the left when negative.
package struct CentredBar: Sendable, Hashable {
    package var value: Double
    /// The value that fills one side.
    package var scale: Double
    package var positive: Style
    package var negative: Style

    package init(_ value: Double, scale: Double, positive: Style = .good, negative: Style = .bad) {
        self.value = value
        self.scale = scale
        self.positive = positive
        self.negative = negative
    }

    /// Exactly `width` columns, the axis in the middle one.
    package func text(width: Int, glyphs: GlyphSet) -> StyledText {
        let width = min(max(width, 0), Rect.bound)
        guard width > 0 else { return StyledText() }
        let left = (width - 1) / 2
        let right = width - 1 - left
        let fraction = scale > 0 && scale.isFinite ? value / scale : 0
        var text = leftSide(-fraction, width: left, glyphs: glyphs)
        text.append(String(glyphs.vertical), .border)
        text.append(Bar(fraction, style: positive).text(width: right, glyphs: glyphs))
        return text
    }

    /// Blocks grow from the left only, so the partly filled cell is the complement's block in reverse.
    private func leftSide(_ fraction: Double, width: Int, glyphs: GlyphSet) -> StyledText {
        let steps = glyphs.barSteps
        let filled = Bar.steps(fraction, in: width, steps: steps.count)
        let whole = filled / steps.count
        let part = filled % steps.count
        var text = StyledText(String(repeating: " ", count: width - whole - (part > 0 ? 1 : 0)))
        if part > 0 {
            let partial = glyphs == .unicode ? steps[steps.count - part - 1] : steps[part - 1]
            text.append(String(partial), glyphs == .unicode ? negative.reverse : negative)
        }
        text.append(String(repeating: Character(steps[steps.count - 1]), count: whole), negative)
        return text
    }
}
