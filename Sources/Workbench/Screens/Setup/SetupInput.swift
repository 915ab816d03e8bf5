import Experiments
import Frames

/// What a key does on the set-up screen, overlays first.
package enum SetupInput {
    /// - Returns: whether the draft should be checked anew.
    package static func type(_ key: Key, into state: inout SetupState) -> Bool {
        switch state.overlay {
        case .none:
            guard let action = SetupKeys.action(key) else {
                state.message = "\(key.displayName) means nothing here; ? shows the keys"
                return false
            }
            return SetupReducer.reduce(&state, action)
        case .help(let offset):
            let count = SetupKeys.table.count
            state.overlay = OverlayKeys.scrolled(key, offset, of: count).map { .help(offset: $0) } ?? .none
        case .yaml(let offset):
            let lines = state.draft.yaml.count { $0 == "\n" }
            state.overlay = OverlayKeys.scrolled(key, offset, of: lines).map { .yaml(offset: $0) } ?? .none
        case .templates(let row):
            let all = SpecTemplate.allCases
            switch key {
            case .down, .character("j"): state.overlay = .templates(row: min(row + 1, all.count - 1))
            case .up, .character("k"): state.overlay = .templates(row: max(row - 1, 0))
            case .enter: return SetupReducer.reduce(&state, .template(all[row]))
            default: state.overlay = .none
            }
        case .prompt(let prompt, let text):
            switch key {
            case .enter: return SetupReducer.reduce(&state, .answer(prompt, text))
            case .escape, .control("c"): state.overlay = .none
            default:
                if let line = LineEdit.type(key, into: text) { state.overlay = .prompt(prompt, text: line) }
            }
        }
        return false
    }
}
