import Policies
import Studies

/// What a screen's reducer works with: all of the state to read, its own part to change, and decisions, work and other screens
/// to ask for.
package struct ScreenContext<Definition: ScreenDefinition> {
    package private(set) var state: WorkbenchState
    /// What follows, in order.
    private(set) var work: [Work] = []

    init(_ state: WorkbenchState) { self.state = state }

    /// The screen's own state.
    package var own: Definition.State {
        get { state[Definition.self] }
        set { state[Definition.self] = newValue }
    }

    /// What the screen's list is filtered by.
    package var filter: String {
        get { state.filters[Definition.screen] ?? "" }
        set { state.filters[Definition.screen] = newValue.isEmpty ? nil : newValue }
    }

    /// What is said at the bottom of the screen.
    package var message: String {
        get { state.message }
        set { state.message = newValue }
    }

    package mutating func sayNotReady() { work += Reducer.notReady(&state) }

    /// Shows another screen; Esc there comes back.
    package mutating func show(_ screen: Screen) {
        if screen != state.screen { state.openedFrom = state.screen }
        state.screen = screen
    }

    package mutating func ask(for work: Work) { self.work.append(work) }

    /// Changes what is decided, as one step of undo.
    /// - Parameter merges: consecutive steps with the same key are one.
    package mutating func decide(_ name: String, merges: String? = nil, _ change: (inout Decisions) -> Void) {
        let before = state.decisions
        change(&state.decisions)
        work += Reducer.decided(name, before: before, in: &state, merges: merges)
    }

    /// Asks another screen for something that its own actions can do; the present action stands for it in the log.
    package mutating func ask<Other: ScreenDefinition>(_ other: Other.Type, for action: Other.OwnAction) {
        work += Reducer.with(other, &state) { Other.reduce(action, &$0) }
    }

    /// Has a result computed again, as if nothing were known.
    package mutating func askAgain<Value>(for key: ResultKey<Value>) { state.results.noLongerHold(key) }

    /// Asks for something in a line at the bottom.
    mutating func prompt(_ prompt: Action.Prompt) { Reducer.ask(prompt, in: &state) }

    /// Puts a list over the screen; choosing a row does its action.
    mutating func offer(_ choices: Choices) { state.overlay = .choices(choices, row: 0) }

    /// Puts a text over the screen.
    mutating func display(_ page: Page) { state.overlay = .page(page, offset: 0) }

    /// Takes away a result that only this screen shows.
    package mutating func forget<Value>(_ key: ResultKey<Value>) { state.results[key] = key.initial }

    /// Notes that knobs were asked to become a candidate.
    package mutating func await(_ knobs: PolicyKnobs) { state.awaitedCandidate = knobs }
}

extension Reducer {
    /// Lets one screen change the state as far as it may.
    static func with<Definition: ScreenDefinition>(
        _: Definition.Type, _ state: inout WorkbenchState, _ body: (inout ScreenContext<Definition>) -> Void
    ) -> [Work] {
        var context = ScreenContext<Definition>(state)
        body(&context)
        state = context.state
        return context.work
    }
}
