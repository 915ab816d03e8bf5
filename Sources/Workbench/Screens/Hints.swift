import Frames

/// A line for those who see a screen for the first time; Esc puts it away for good.
enum Hints {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        guard state.preferences.hints.contains(state.screen), state.overlay == .none else { return }
        let text =
            StyledText(" \(words(state.screen)) ", .accent) + StyledText("Esc", .key)
            + StyledText(" hides this ", .secondary)
        frame.write(text, in: Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1))
    }

    private static func words(_ screen: Screen) -> String {
        switch screen {
        case .experiment: "Is the experiment healthy? 1-6 change screens, ? shows keys."
        case .trees: "For whom does it work? Enter folds, h/l change the arm."
        case .cohorts: "Who responds alike? s sorts, / filters by words."
        case .policy: "Turn knobs with h/l: estimates follow. f finds the best."
        case .front: "s searches the trade-offs, Space picks, e exports the policy."
        case .models: "Do effects differ between units? r judges the learners."
        }
    }
}
