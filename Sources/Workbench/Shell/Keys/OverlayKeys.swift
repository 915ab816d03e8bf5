import Frames

/// What keys do in the lists that lie over a screen.
enum OverlayKeys {
    /// Where a key scrolls a list of so many lines to, nil for a key that closes it.
    static func scrolled(_ key: Key, _ offset: Int, of count: Int) -> Int? {
        step(key, page: 10).map { max(0, min(offset + $0, count - 1)) }
    }

    /// Enter goes to the state after the step in the row: by undo, or by redo.
    static func history(_ key: Key, _ row: Int, _ state: inout WorkbenchState) -> [Work] {
        let past = state.history.past.count
        let count = past + state.history.future.count
        if let step = step(key, page: 10) {
            state.overlay = .history(row: max(0, min(row + step, count - 1)))
            return []
        }
        state.overlay = .none
        switch key {
        case .enter where row + 1 != past: return Reducer.reduce(&state, .rewind(past - row - 1))
        case .character("u"), .control("r"):
            let jobs = Reducer.reduce(&state, key == .character("u") ? .undo : .redo)
            state.overlay = .history(row: max(0, state.history.past.count - 1))
            return jobs
        default: return []
        }
    }

    /// Moving shows the theme at once; Enter keeps it, anything else goes back to the one before.
    static func themes(_ key: Key, _ row: Int, _ before: String, _ state: inout WorkbenchState) -> [Work] {
        let themes = state.preferences.themes
        if let step = step(key, page: themes.count) {
            let row = max(0, min(row + step, themes.count - 1))
            state.preferences.theme = themes[row]
            state.overlay = .themes(row: row, before: before)
            return []
        }
        state.overlay = .none
        guard key == .enter, themes.indices.contains(row) else {
            state.preferences.theme = before
            return []
        }
        return Reducer.reduce(&state, .theme(themes[row]))
    }

    /// Rows that a key moves a list by; nil for any other key.
    private static func step(_ key: Key, page: Int) -> Int? {
        switch key {
        case .down, .character("j"), .control("n"), .tab: 1
        case .up, .character("k"), .control("p"), .backTab: -1
        case .pageDown, .character(" "): page
        case .pageUp: -page
        case .home, .character("g"): -1_000_000
        case .end, .character("G"): 1_000_000
        default: nil
        }
    }
}
