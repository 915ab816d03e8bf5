import Frames

/// What a key does, overlays first.
package enum Input {
    /// The jobs that follow from a key.
    package static func type(_ key: Key, into state: inout WorkbenchState) -> [Work] {
        switch state.overlay {
        case .none:
            if key == .tab || key == .backTab { return cycleScreen(key == .tab ? 1 : -1, &state) }
            guard let action = KeyTable.action(key, in: state) else {
                state.message = "\(key.displayName) means nothing here; ? shows the keys"
                return []
            }
            return Reducer.reduce(&state, action)
        case .help(let offset):
            let count = KeyTable.bindings(state.screen).count
            state.overlay = OverlayKeys.scrolled(key, offset, of: count).map { .help(offset: $0) } ?? .none
            return []
        case .page(let page, let offset):
            if let answer = page.answers.first(where: { $0.key == key }) {
                state.overlay = .none
                return Reducer.reduce(&state, answer.action)
            }
            let scrolled = OverlayKeys.scrolled(key, offset, of: page.lines.count)
            state.overlay = scrolled.map { .page(page, offset: $0) } ?? .none
            return []
        case .choices(let choices, let row): return OverlayKeys.choices(key, choices, row, &state)
        case .history(let row): return OverlayKeys.history(key, row, &state)
        case .themes(let row, let before): return OverlayKeys.themes(key, row, before, &state)
        case .leaving(let leaving): return leave(key, leaving, &state)
        case .prompt(let prompt, let text): return answer(key, prompt, text, &state)
        case .palette(let text, let row): return choose(key, text, row, &state)
        }
    }

    private static func cycleScreen(_ step: Int, _ state: inout WorkbenchState) -> [Work] {
        let all = ScreenList.inTabs(state).map { $0.screen }
        let here = all.firstIndex(of: state.screen) ?? 0
        return Reducer.reduce(&state, .show(all[(here + step + all.count) % all.count]))
    }

    /// Puts pasted text into the line being typed; elsewhere its letters are not keys.
    static func paste(_ text: String, into state: inout WorkbenchState) -> [Work] {
        switch state.overlay {
        case .prompt(let prompt, let line):
            return edit(prompt, LineEdit.paste(text, into: line), &state)
        case .palette(let line, _):
            state.overlay = .palette(text: LineEdit.paste(text, into: line), row: 0)
        case .none, .help, .history, .themes, .choices, .page, .leaving:
            state.message = "nothing takes pasted text here"
        }
        return []
    }

    private static func leave(_ key: Key, _ leaving: Leaving, _ state: inout WorkbenchState) -> [Work] {
        state.overlay = .none
        switch key {
        case .character("q"): state.shouldQuit = true
        case .character("s") where leaving == .notKept:
            state.overlay = .prompt(Action.Prompt(SavePrompt()), text: SavePrompt().start(state))
        default: break
        }
        return []
    }

    private static func edit(_ prompt: Action.Prompt, _ line: String, _ state: inout WorkbenchState) -> [Work] {
        state.overlay = .prompt(prompt, text: line)
        guard prompt.line.isLive, case .right(let action) = prompt.line.action(for: line, state) else { return [] }
        return Reducer.reduce(&state, action)
    }

    private static func answer(
        _ key: Key, _ prompt: Action.Prompt, _ text: String, _ state: inout WorkbenchState
    ) -> [Work] {
        if let line = LineEdit.type(key, into: text) { return edit(prompt, line, &state) }
        let isLeft = key == .escape || key == .control("c")
        guard key == .enter || isLeft else { return [] }
        state.overlay = .none
        guard !isLeft || prompt.line.isLive else { return [] }
        switch prompt.line.action(for: isLeft ? "" : text, state) {
        case .right(let action): return Reducer.reduce(&state, action)
        case .wrong(let why):
            state.message = why
            return []
        }
    }

    private static func choose(_ key: Key, _ text: String, _ row: Int, _ state: inout WorkbenchState) -> [Work] {
        let found = paletteRows(state, text)
        switch key {
        case .down, .control("n"), .tab:
            state.overlay = .palette(text: text, row: min(row + 1, max(0, found.count - 1)))
        case .up, .control("p"), .backTab: state.overlay = .palette(text: text, row: max(row - 1, 0))
        case .enter:
            state.overlay = .none
            guard found.indices.contains(row) else { return [] }
            return run(found[row], &state)
        case .escape, .control("c"): state.overlay = .none
        default:
            if let text = LineEdit.type(key, into: text) { state.overlay = .palette(text: text, row: 0) }
        }
        return []
    }

    /// Does what a row of the palette says, on its own screen.
    private static func run(_ row: (screen: Screen?, binding: Binding), _ state: inout WorkbenchState) -> [Work] {
        var jobs: [Work] = []
        if let screen = row.screen { jobs += Reducer.reduce(&state, .show(screen)) }
        guard let action = KeyTable.resolve(row.binding.action, in: state) else {
            return jobs + Reducer.notReady(&state)
        }
        return jobs + Reducer.reduce(&state, action)
    }

    /// The palette's actions whose names, with those of their screens, hold every word typed.
    static func paletteRows(_ state: WorkbenchState, _ text: String) -> [(screen: Screen?, binding: Binding)] {
        let words = text.lowercased().split(separator: " ")
        return KeyTable.all(from: state.screen).filter { row in
            let name = ((row.screen ?? state.screen).title + " " + row.binding.name).lowercased()
            return words.allSatisfy { name.contains($0) }
        }
    }
}
