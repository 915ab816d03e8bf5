import Texts

/// One line of text in several styles: what widgets return and frames write.
package struct StyledText: Sendable, Hashable, ExpressibleByStringInterpolation {
    package struct Span: Sendable, Hashable {
        package var text: String
        package var style: Style
    }

    package private(set) var spans: [Span]

    package init(_ text: String = "", _ style: Style = .text) {
        spans = text.isEmpty ? [] : [Span(text: text, style: style)]
    }

    package init(stringLiteral text: String) { self.init(text) }

    /// Columns taken on the screen.
    package var width: Int { spans.reduce(0) { $0 + TextWidth.width(of: $1.text) } }

    /// The characters without their styles.
    package var plain: String { spans.map(\.text).joined() }

    package mutating func append(_ text: String, _ style: Style = .text) {
        guard !text.isEmpty else { return }
        if spans.last?.style == style {
            spans[spans.count - 1].text += text
        } else {
            spans.append(Span(text: text, style: style))
        }
    }

    package mutating func append(_ other: StyledText) {
        for span in other.spans { append(span.text, span.style) }
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.append(right)
        return sum
    }

    package static func += (left: inout StyledText, right: StyledText) { left.append(right) }

    /// The same text with `flags` added throughout, as for a value that is out of date.
    package func with(_ flags: Style.Flags) -> StyledText {
        var copy = self
        for index in copy.spans.indices { copy.spans[index].style.flags.formUnion(flags) }
        return copy
    }

    /// The text filled up with spaces to `width` columns; longer text is left as it is.
    package func padded(to width: Int, align: Alignment = .left) -> StyledText {
        let missing = max(min(width, Rect.bound) - self.width, 0)
        let before = align.offset(of: 0, in: missing)
        var result = StyledText(String(repeating: " ", count: before))
        result.append(self)
        result.append(String(repeating: " ", count: missing - before))
        return result
    }

    /// The printable cells, one for each character, with the columns each takes.
    func cells() -> [(cell: Cell, columns: Int)] {
        var cells: [(cell: Cell, columns: Int)] = []
        for span in spans {
            TextWidth.forEachCell(of: span.text) { cells.append((Cell($0, span.style), $1)) }
        }
        return cells
    }
}
