/// A knob on a track, with a mark where the pinned policy has its own: `├──┼●────────┤`.
package struct SliderTrack: Sendable, Hashable {
    /// Where the knob is, 0 to 1; clamped. `nil` draws a track without a knob.
    package var position: Double?
    /// Where the pinned policy's knob is.
    package var pinned: Double?
    package var hasFocus: Bool

    package init(position: Double?, pinned: Double? = nil, hasFocus: Bool = false) {
        self.position = position
        self.pinned = pinned
        self.hasFocus = hasFocus
    }

    package func text(width: Int, glyphs: GlyphSet) -> StyledText {
        let inner = min(max(width, 0), Rect.bound) - 2
        guard inner > 0 else { return StyledText() }
        let line: Style = hasFocus ? .focus : .border
        var cells = [(Unicode.Scalar, Style)](repeating: (glyphs.trackLine, line), count: inner)
        if let column = column(pinned, in: inner) { cells[column] = (glyphs.pinned, .plotPinned) }
        if let column = column(position, in: inner) {
            cells[column] = (glyphs.knob, hasFocus ? .focus.bold : .accent)
        }
        var text = StyledText(String(glyphs.trackStart), line)
        for (scalar, style) in cells { text.append(String(scalar), style) }
        text.append(String(glyphs.trackEnd), line)
        return text
    }

    private func column(_ position: Double?, in width: Int) -> Int? {
        guard let position, position.isFinite else { return nil }
        return Int((min(max(position, 0), 1) * Double(width - 1)).rounded())
    }
}
