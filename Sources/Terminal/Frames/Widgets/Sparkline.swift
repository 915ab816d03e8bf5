/// Values along a knob as one row of small columns, with the present one in reverse.
package struct Sparkline: Sendable, Hashable {
    package var values: [Double]
    /// The values at the bottom and the top; the finite values' own range when `nil`.
    package var range: ClosedRange<Double>?
    /// The index in `values` to show in reverse.
    package var highlight: Int?
    package var style: Style

    package init(_ values: [Double], range: ClosedRange<Double>? = nil, highlight: Int? = nil, style: Style = .bar) {
        self.values = values
        self.range = range
        self.highlight = highlight
        self.style = style
    }

    /// Exactly `width` columns; each shows the value at its place, and a gap where that is not finite.
    package func text(width: Int, glyphs: GlyphSet) -> StyledText {
        let steps = glyphs.sparkSteps
        let finite = values.filter(\.isFinite)
        let low = range?.lowerBound ?? finite.min() ?? 0
        let span = (range?.upperBound ?? finite.max() ?? 0) - low
        var text = StyledText()
        for (column, index) in Self.indices(count: values.count, width: width).enumerated() {
            let value = values[index]
            var scalar: Unicode.Scalar = " "
            if value.isFinite {
                let fraction = span > 0 && span.isFinite ? min(max((value - low) / span, 0), 1) : 0.5
                scalar = steps[Int((fraction * Double(steps.count - 1)).rounded())]
            }
            let isHere = highlight.map { Self.column(of: $0, count: values.count, width: width) == column } ?? false
            text.append(String(scalar), isHere ? style.reverse : style)
        }
        return text.padded(to: width)
    }

    /// The row that goes below: for each column, how a limit stands there.
    package static func marks(_ marks: [LimitMark], width: Int, glyphs: GlyphSet) -> StyledText {
        var text = StyledText()
        for index in indices(count: marks.count, width: width) { text.append(marks[index].text(glyphs)) }
        return text.padded(to: width)
    }

    /// The column that shows the value at `index`.
    package static func column(of index: Int, count: Int, width: Int) -> Int {
        guard count > 1, width > 1 else { return 0 }
        let index = min(max(index, 0), count - 1)
        return Int((Double(index) / Double(count - 1) * Double(width - 1)).rounded())
    }

    private static func indices(count: Int, width: Int) -> [Int] {
        let width = min(width, Rect.bound)
        guard count > 0, width > 0 else { return [] }
        return (0..<width).map { column(of: $0, count: width, width: count) }
    }
}
