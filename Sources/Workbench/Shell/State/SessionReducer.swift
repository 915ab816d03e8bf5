/// Actions on what surrounds the study: theme, mouse, and the list of past steps.
enum SessionReducer {
    static func apply(_ action: Action, to state: inout WorkbenchState) {
        switch action {
        case .history:
            guard !state.history.past.isEmpty || !state.history.future.isEmpty else {
                state.message = "nothing has been decided yet; every step will be listed here"
                return
            }
            state.overlay = .history(row: max(0, state.history.past.count - 1))
        case .themes:
            let themes = state.preferences.themes
            guard !themes.isEmpty else {
                state.message = "no theme files were found; they belong in a folder called themes"
                return
            }
            state.overlay = .themes(
                row: themes.firstIndex(of: state.preferences.theme) ?? 0, before: state.preferences.theme)
        case .theme(let name):
            state.preferences.theme = name
            let file = state.preferences.configFile
            state.message = "theme \(name)" + (file.isEmpty ? "" : "; to keep it, write theme: \(name) in \(file)")
        case .toggleMouse:
            state.preferences.mouse.toggle()
            state.message =
                state.preferences.mouse
                ? "the mouse is on: click tabs, rows and sliders, turn the wheel; M turns it off"
                : "the mouse is off; the terminal selects text again"
        default: break
        }
    }
}
