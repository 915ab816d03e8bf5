import Policies

/// Everything the analyst can do, as values: undo, the study's log, replay and tests are one mechanism. These hold on every
/// screen; what only one of them can do is an action of its own.
package enum Action: Sendable, Equatable, Codable {
    case show(Screen)
    case move(Int)
    /// Puts the cursor on a row of the screen's list, as a click does.
    case focus(row: Int)
    case jump(toEnd: Bool)
    case cyclePane
    case filter(String)
    /// What one screen can do, whichever is shown.
    case own(OwnAction)
    case cycleEstimator
    case note(String)
    case undo
    case redo
    /// Undoes so many steps; redoes where negative.
    case rewind(Int)
    case cancel
    case export(path: String)
    /// Shows what to know before the policy is written to a file of that name.
    case describeExport(path: String)
    /// Shows what to know of the policy.
    case card
    /// Explains the terms of the screen with its numbers.
    case explain
    /// Shows the screen of the next step of the story.
    case goOn
    case report(path: String)
    case copy
    /// Copies the frame that is shown as text.
    case copyFrame
    case help
    case palette
    case history
    case themes
    case theme(String)
    case toggleMouse
    case prompt(Prompt)
    case dismiss
    /// Saves the study elsewhere, where its own file cannot be written.
    case save(path: String)
    case quit

    /// Whether it belongs in the study's log: whatever changes what is decided or looked at does, so that a replay ends in
    /// the same frame; what concerns this terminal alone does not.
    package var isLogged: Bool {
        switch self {
        case .cancel, .copy, .copyFrame, .describeExport, .card, .explain, .help, .palette, .history, .themes, .theme,
            .toggleMouse,
            .prompt, .save, .quit:
            false
        default: true
        }
    }
}

/// An action of one screen, under the screen's key.
package struct OwnAction: Sendable {
    let screen: Screen
    let action: any ScreenAction

    init<Definition: ScreenDefinition>(_: Definition.Type, _ action: Definition.OwnAction) {
        screen = Definition.screen
        self.action = action
    }
}

extension OwnAction: Equatable {
    package static func == (a: OwnAction, b: OwnAction) -> Bool {
        func equals<Value: ScreenAction>(_ value: Value) -> Bool { (b.action as? Value) == value }
        return a.screen == b.screen && equals(a.action)
    }
}

extension OwnAction: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let key = container.allKeys.first, let definition = Screen(key.stringValue).definition else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no screen has this action"))
        }
        func read<Definition: ScreenDefinition>(_ definition: Definition.Type) throws -> OwnAction {
            OwnAction(definition, try container.decode(Definition.OwnAction.self, forKey: key))
        }
        self = try read(definition)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(action, forKey: Key(stringValue: screen.key))
    }
}
