import Frames

/// What the mouse does: it clicks tabs, rows and sliders, and its wheel moves the cursor or turns the knob under it.
enum MouseInput {
    static func apply(_ event: PointerEvent, in frame: Frame, to state: inout WorkbenchState) -> [Work] {
        guard state.overlay == .none else { return overOverlay(event, in: frame, &state) }
        let targets = frame.targets(x: event.x, y: event.y)
        switch event.kind {
        case .wheelUp, .wheelDown: return wheel(event.kind == .wheelUp ? -1 : 1, over: targets, &state)
        case .press:
            var jobs: [Work] = []
            for region in targets {
                switch region.target {
                case .tab(let index):
                    let shown = ScreenList.inTabs(state)
                    guard shown.indices.contains(index) else { return [] }
                    return Reducer.reduce(&state, .show(shown[index].screen))
                case .track(let index):
                    jobs += Reducer.reduce(&state, .focus(row: index))
                    return jobs + set(index, at: event.x - region.rect.x, of: region.rect.width, &state)
                case .binding(let index):
                    let bindings = KeyTable.bindings(state.screen)
                    guard bindings.indices.contains(index),
                        let action = KeyTable.resolve(bindings[index].action, in: state)
                    else { return [] }
                    return Reducer.reduce(&state, action)
                case .row(let row): return Reducer.reduce(&state, .focus(row: row))
                }
            }
            return []
        }
    }

    /// In a list on top of the screen a click chooses the row, and anywhere else puts the list away.
    private static func overOverlay(_ event: PointerEvent, in frame: Frame, _ state: inout WorkbenchState) -> [Work] {
        switch event.kind {
        case .wheelUp: return Input.type(.up, into: &state)
        case .wheelDown: return Input.type(.down, into: &state)
        case .press:
            for region in frame.targets(x: event.x, y: event.y) {
                guard case .row(let row) = region.target else { continue }
                guard Overlays.focus(row, &state) else { return [] }
                return Input.type(.enter, into: &state)
            }
            return Input.type(.escape, into: &state)
        }
    }

    private static func wheel(_ step: Int, over targets: [Region], _ state: inout WorkbenchState) -> [Work] {
        for region in targets {
            guard case .track(let index) = region.target else { continue }
            let jobs = Reducer.reduce(&state, .focus(row: index))
            guard let slide = state.screen.definition?.slide(by: -step) else { return jobs }
            return jobs + Reducer.reduce(&state, slide)
        }
        return Reducer.reduce(&state, .move(step))
    }

    /// Moves a slider to a column of its track.
    private static func set(_ index: Int, at column: Int, of width: Int, _ state: inout WorkbenchState) -> [Work] {
        guard width > 2 else { return [] }
        // The first and last column are the track's ends, outside the line.
        let share = Double(min(max(column - 1, 0), width - 3)) / Double(max(1, width - 3))
        return state.screen.definition?.slide(track: index, to: share, state).map { Reducer.reduce(&state, $0) } ?? []
    }
}
