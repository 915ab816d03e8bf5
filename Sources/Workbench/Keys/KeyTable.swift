import Frames

/// One binding: keys, what the bottom line and the palette call it, and what it does.
package struct Binding: Sendable {
    package let keys: [Key]
    /// For the bottom line, a word or two.
    package let hint: String
    /// For help and palette.
    package let name: String
    package let action: Action

    init(_ keys: [Key], _ hint: String, _ name: String, _ action: Action) {
        self.keys = keys
        self.hint = hint
        self.name = name
        self.action = action
    }
}

/// The one table that keys, help, palette and bottom line come from.
package enum KeyTable {
    /// The bindings of a screen, its own before those that hold everywhere.
    package static func bindings(_ screen: Screen) -> [Binding] {
        own(screen) + everywhere
    }

    static let everywhere: [Binding] =
        Screen.allCases.map {
            Binding([.character(Character("\($0.rawValue + 1)"))], "", "show \($0.title)", .show($0))
        } + [
            Binding([.character("u")], "undo", "undo", .undo),
            Binding([.control("r")], "", "redo", .redo),
            Binding([.character("m")], "", "change the estimator", .cycleEstimator),
            Binding([.character("e")], "export", "export the policy as JSON", .prompt(.exportPath)),
            Binding([.character("Y")], "", "copy the policy as command-line options", .copy),
            Binding([.control("c")], "", "stop what is running", .cancel),
            Binding([.character(":")], "", "the palette of all actions", .palette),
            Binding([.character("?")], "keys", "help", .help),
            Binding([.escape], "", "put away messages and overlays", .dismiss),
            Binding([.character("q")], "quit", "quit", .quit),
        ]

    /// The action of a key on the present screen; nil where it means nothing.
    static func action(_ key: Key, in state: WorkbenchState) -> Action? {
        guard let binding = bindings(state.screen).first(where: { $0.keys.contains(key) }) else { return nil }
        return resolve(binding.action, in: state)
    }

    /// Fills in what depends on the state: the focused knob.
    static func resolve(_ action: Action, in state: WorkbenchState) -> Action? {
        switch action {
        case .prompt(.value): return state.knob.map { .prompt(.value($0)) }
        default: return action
        }
    }
}
