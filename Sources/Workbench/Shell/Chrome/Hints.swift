import Frames

/// A line for those who see a screen for the first time; Esc puts it away for good.
enum Hints {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.preferences.hints.contains(state.screen), state.overlay == .none else { return }
        let text =
            StyledText(" \(state.screen.definition?.hint ?? "") ", .accent) + StyledText("Esc", .key)
            + StyledText(" hides this ", .secondary)
        frame.write(text, in: Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1))
    }
}
