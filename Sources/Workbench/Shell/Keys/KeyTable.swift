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
        own(screen) + shared(screen)
    }

    /// Those that hold on other screens, too.
    static func shared(_ screen: Screen) -> [Binding] { screen.definition?.sharedKeys ?? everywhere }

    static func own(_ screen: Screen) -> [Binding] { screen.definition?.keys ?? [] }

    /// For screens with a list.
    static let movement: [Binding] = [
        Binding([.character("j"), .down], "", "down", .move(1)),
        Binding([.character("k"), .up], "", "up", .move(-1)),
        Binding([.character("g"), .home], "", "first", .jump(toEnd: false)),
        Binding([.character("G"), .end], "", "last", .jump(toEnd: true)),
        Binding([.pageDown], "", "a page down", .move(10)),
        Binding([.pageUp], "", "a page up", .move(-10)),
    ]

    static let everywhere: [Binding] =
        ScreenList.ofStudy.filter { $0.isTab }.map {
            Binding([.character(Character("\($0.number)"))], "", "show \($0.title)", .show($0.screen))
        } + [
            Binding([.character("u")], "undo", "undo", .undo),
            Binding([.control("r")], "", "redo", .redo),
            Binding([.character("U")], "", "list the steps of undo and redo", .history),
            Binding([.character("/")], "", "filter the list by words, or find a knob", .prompt(.filter)),
            Binding([.character("m")], "", "change the estimator", .cycleEstimator),
            Binding([.character("e")], "export", "export the policy as JSON", .prompt(.exportPath)),
            Binding([.character("D")], "", "the decision card of the policy", .card),
            Binding([.character("E")], "", "write the study's report as HTML", .prompt(.reportPath)),
            Binding([.character("Y")], "", "copy the row, or the policy as command-line options", .copy),
            Binding([.control("y")], "", "copy the screen as text", .copyFrame),
            Binding([.character("T")], "", "choose a theme", .themes),
            Binding([.character("M")], "", "turn the mouse on or off", .toggleMouse),
            Binding([.control("c")], "", "stop what is running", .cancel),
            Binding([.character(">")], "", "go on to the next step of the story", .goOn),
            Binding([.character("i")], "", "explain the terms and numbers of the screen", .explain),
            Binding([.character(":")], "", "the palette of all actions", .palette),
            Binding([.character("?")], "keys", "help", .help),
            Binding([.escape], "", "put away messages, lists and the hint", .dismiss),
            Binding([.character("q")], "quit", "quit", .quit),
        ]

    /// The same on a screen without a tab.
    static let withoutTab = everywhere.map {
        $0.action == .dismiss ? Binding($0.keys, "back", "back to the screen before", .dismiss) : $0
    }

    /// Every action there is, those of the present screen first; moving about belongs to the present screen alone.
    static func all(from screen: Screen) -> [(screen: Screen?, binding: Binding)] {
        var rows: [(screen: Screen?, binding: Binding)] = bindings(screen).map { (nil, $0) }
        let needsStudy = screen.definition?.needsStudy != false
        rows += Screen.allCases.filter { !$0.isTab && $0 != screen && needsStudy }.map {
            (nil, Binding([], "", "show \($0.title)", .show($0)))
        }
        let movements = movement.map(\.action)
        for other in Screen.allCases where other != screen && needsStudy {
            rows += own(other).filter {
                !movements.contains($0.action) && $0.action != .move(1) && $0.action != .move(-1)
            }
            .map { (other, $0) }
        }
        return rows
    }

    /// The action of a key on the present screen; nil where it means nothing.
    static func action(_ key: Key, in state: WorkbenchState) -> Action? {
        guard let binding = bindings(state.screen).first(where: { $0.keys.contains(key) }) else { return nil }
        return resolve(binding.action, in: state)
    }

    /// Fills in what depends on the state, as the focused knob; nil where the action means nothing now.
    static func resolve(_ action: Action, in state: WorkbenchState) -> Action? {
        state.screen.definition?.resolve(action, state)
    }
}
