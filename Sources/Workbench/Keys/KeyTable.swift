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

    static let movement: [Binding] = [
        Binding([.character("j"), .down], "", "down", .move(1)),
        Binding([.character("k"), .up], "", "up", .move(-1)),
        Binding([.character("g"), .home], "", "first", .jump(toEnd: false)),
        Binding([.character("G"), .end], "", "last", .jump(toEnd: true)),
        Binding([.pageDown], "", "a page down", .move(10)),
        Binding([.pageUp], "", "a page up", .move(-10)),
    ]

    static func own(_ screen: Screen) -> [Binding] {
        switch screen {
        case .experiment: movement
        case .trees:
            [
                Binding([.enter, .character(" ")], "fold", "fold or unfold the node", .toggleNode),
                Binding([.character("l"), .right], "arm", "next arm", .cycleArm(1)),
                Binding([.character("h"), .left], "", "previous arm", .cycleArm(-1)),
                Binding([.character("o")], "outcome", "next outcome", .cycleOutcome(1)),
                Binding([.character("O")], "", "previous outcome", .cycleOutcome(-1)),
            ] + movement
        case .cohorts:
            [
                Binding([.character("s")], "sort", "sort by the next column", .sort)
            ] + movement
        case .policy:
            [
                Binding([.character("l"), .right], "step", "turn the knob up a step", .turn(steps: 1)),
                Binding([.character("h"), .left], "", "turn the knob down a step", .turn(steps: -1)),
                Binding([.character("L")], "×10", "turn the knob up ten steps", .turn(steps: 10)),
                Binding([.character("H")], "", "turn the knob down ten steps", .turn(steps: -10)),
                Binding([.character("=")], "type", "type the knob's value", .prompt(.value(.weight(0)))),
                Binding([.character("0")], "reset", "set the knob to 0", .reset),
                Binding([.character("a")], "add", "add the policy as a candidate", .addCandidate),
                Binding([.character("p")], "pin", "pin the policy to compare with, or unpin it", .pin),
                Binding([.character("f")], "hold limits", "find the best policy inside the limits", .holdLimits),
            ] + movement
        case .front:
            [
                Binding([.character("l"), .right], "along", "next candidate along the front", .move(1)),
                Binding([.character("h"), .left], "", "previous candidate along the front", .move(-1)),
                Binding([.character("s")], "search", "search the front", .search),
                Binding([.character(" ")], "pick", "pick the candidate, or unpick it", .togglePick),
                Binding([.character("K")], "pick k", "pick k candidates by hypervolume", .prompt(.pickCount)),
                Binding(
                    [.character("b")], "best in limits", "go to the best candidate inside the limits",
                    .focusBestInLimits),
                Binding([.character("t"), .enter], "tune", "tune the candidate on the policy screen", .tune),
                Binding([.character("x")], "axes", "next outcome on the horizontal axis", .cycleAxis(vertical: false)),
                Binding([.character("y")], "", "next outcome on the vertical axis", .cycleAxis(vertical: true)),
                Binding([.character("d"), .delete], "", "hide the candidate", .hideCandidate),
            ] + movement
        }
    }

    static let everywhere: [Binding] =
        Screen.allCases.map {
            Binding([.character(Character("\($0.rawValue + 1)"))], "", "show \($0.title)", .show($0))
        } + [
            Binding([.character("u")], "undo", "undo", .undo),
            Binding([.control("r")], "", "redo", .redo),
            Binding([.character("U")], "", "list the steps of undo and redo", .history),
            Binding([.character("/")], "", "filter the list by words, or find a knob", .prompt(.filter)),
            Binding([.character("m")], "", "change the estimator", .cycleEstimator),
            Binding([.character("e")], "export", "export the policy as JSON", .prompt(.exportPath)),
            Binding([.character("Y")], "", "copy the policy as command-line options", .copy),
            Binding([.character("T")], "", "choose a theme", .themes),
            Binding([.character("M")], "", "turn the mouse on or off", .toggleMouse),
            Binding([.control("c")], "", "stop what is running", .cancel),
            Binding([.character(":")], "", "the palette of all actions", .palette),
            Binding([.character("?")], "keys", "help", .help),
            Binding([.escape], "", "put away messages, lists and the hint", .dismiss),
            Binding([.character("q")], "quit", "quit", .quit),
        ]

    /// Every action there is, those of the present screen first; moving about belongs to the present screen alone.
    static func all(from screen: Screen) -> [(screen: Screen?, binding: Binding)] {
        var rows: [(screen: Screen?, binding: Binding)] = bindings(screen).map { (nil, $0) }
        let movements = movement.map(\.action)
        for other in Screen.allCases where other != screen {
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

    /// Fills in what depends on the state: the focused knob.
    static func resolve(_ action: Action, in state: WorkbenchState) -> Action? {
        switch action {
        case .prompt(.value): return state.knob.map { .prompt(.value($0)) }
        default: return action
        }
    }
}
