import Policies
import Runtime
import Studies

/// All that the screens show. The reducers alone change it, each its own part.
package struct WorkbenchState: Sendable {
    package var facts: StudyFacts
    package var decisions = Decisions(knobs: PolicyKnobs(weights: [1], biases: [0], shrinkage: [0]))
    package var history = History()
    package var results = Results()

    // Where the analyst looks.
    package var screen: Screen
    /// The screen that Esc goes back to from one without a tab.
    var cameFrom: Screen?
    /// The screen whose action has shown this one; Esc goes back to it.
    var openedFrom: Screen?
    package var screens = ScreenStates()
    package var estimator = Estimator.dr
    /// What the lists are filtered by, one text a screen.
    package var filters: [Screen: String] = [:]

    // What is awaited.
    /// Knobs that were asked to become a candidate and have not become one yet.
    package var awaitedCandidate: PolicyKnobs?
    /// Knobs that an export awaits as a candidate, and the file it is for.
    var awaitedExport: AwaitedExport?
    /// The sentence on picks that awaits which of them cannot be told apart.
    var awaitedComparison: String?

    // What is said and asked.
    package var overlay = Overlay.none
    package var message = ""
    package var running: [WorkKind: ProgressClock] = [:]
    /// Seconds since the session began, as of the last look at the clock.
    package var now = 0.0
    /// Why what was done last is not in the study; nil where all of it is.
    package var notKept: String?
    /// Where the study is to be saved to.
    var awaitedSave: String?
    package var shouldQuit = false
    package var clipboard: String?
    /// Whether the frame that is shown is to be copied.
    var copiesFrame = false
    /// What the caller of the workbench gives it.
    var services: WorkbenchServices
    /// What belongs to the terminal and the person, not to the study.
    package var preferences = SessionPreferences()
    /// Why the study could not be opened or fitted; with nothing to show the workbench ends with it.
    package var failure: EspalierError?

    package enum Overlay: Sendable, Equatable {
        case none
        /// Rows scrolled past.
        case help(offset: Int)
        case palette(text: String, row: Int)
        /// The steps of undo and redo.
        case history(row: Int)
        /// The themes, with the one to go back to.
        case themes(row: Int, before: String)
        case prompt(Action.Prompt, text: String)
        /// A list that a screen offers.
        case choices(Choices, row: Int)
        /// A text that a screen shows, and the lines scrolled past.
        case page(Page, offset: Int)
        case leaving(Leaving)
    }

    package struct AwaitedExport: Sendable, Equatable {
        let knobs: PolicyKnobs
        let path: String
    }

    package init(title: String, services: WorkbenchServices = WorkbenchServices(tool: "")) {
        facts = StudyFacts(title: title)
        screen = ScreenList.all[0].screen
        self.services = services
    }

    /// The state of one screen.
    package subscript<Definition: ScreenDefinition>(_ definition: Definition.Type) -> Definition.State {
        get { screens[definition] }
        set { screens[definition] = newValue }
    }

    package var space: PolicySpace? { facts.workspace?.space }

    package var knobs: [Knob] { space.map { Knob.all(in: $0) } ?? [] }

    /// What the present screen's list is filtered by.
    package var filter: String { filters[screen] ?? "" }

    /// Whether a text holds every word a screen's list is filtered by, in any case.
    package func passesFilter(of screen: Screen, _ text: String) -> Bool {
        guard let filter = filters[screen] else { return true }
        let text = text.lowercased()
        return filter.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }

    /// The candidate that a note would go to.
    package var notedCandidate: Candidate? { screen.definition?.notedCandidate(self) }

    func isPicked(_ candidate: Candidate) -> Bool { decisions.picked.contains(candidate.id) }
}
