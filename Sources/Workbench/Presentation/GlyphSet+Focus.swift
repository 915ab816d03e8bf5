import Frames

extension GlyphSet {
    /// The mark before a row with the cursor, or a plain blank: a focus role on blanks would paint a bar beside every row.
    func focusMark(_ isFocused: Bool) -> StyledText {
        isFocused ? StyledText(String(focus), .focus) : StyledText(" ")
    }
}
