/// An estimate with its interval on a scale shared by several rows, with zero marked: `  │ ├──●──┤`.
package struct IntervalBar: Sendable, Hashable {
    package var low: Double
    package var value: Double
    package var high: Double
    /// The values at the two ends of the drawing.
    package var scale: ClosedRange<Double>
    package var style: Style

    package init(low: Double, value: Double, high: Double, scale: ClosedRange<Double>, style: Style = .bar) {
        self.low = low
        self.value = value
        self.high = high
        self.scale = scale
        self.style = style
    }

    /// Exactly `width` columns. An interval that leaves the scale ends in an arrow; without finite numbers only zero
    /// is drawn.
    package func text(width: Int, glyphs: GlyphSet) -> StyledText {
        let width = min(max(width, 0), Rect.bound)
        guard width > 0 else { return StyledText() }
        var cells = [(Unicode.Scalar, Style)](repeating: (" ", .text), count: width)
        let zero = scale.contains(0) ? column(0, in: width) : nil
        if let zero { cells[zero] = (glyphs.vertical, .border) }
        if low.isFinite, high.isFinite, low <= high {
            let first = column(low, in: width)
            let last = column(high, in: width)
            for x in first...last { cells[x] = (glyphs.trackLine, style) }
            if let zero, zero > first, zero < last { cells[zero] = (glyphs.pinned, style) }
            cells[first] = (low < scale.lowerBound ? glyphs.leftArrow : glyphs.trackStart, style)
            cells[last] = (high > scale.upperBound ? glyphs.rightArrow : glyphs.trackEnd, style)
        }
        if value.isFinite, scale.contains(value) {
            cells[column(value, in: width)] = (glyphs.estimate, style.bold)
        }
        var text = StyledText()
        for (scalar, style) in cells { text.append(String(scalar), style) }
        return text
    }

    private func column(_ value: Double, in width: Int) -> Int {
        let span = scale.upperBound - scale.lowerBound
        guard span > 0, span.isFinite else { return width / 2 }
        let fraction = min(max((value - scale.lowerBound) / span, 0), 1)
        return Int((fraction * Double(width - 1)).rounded())
    }
}
