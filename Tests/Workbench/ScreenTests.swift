import Foundation
import Frames
import Goldens
import Policies
import Testing
import Workbench

/// Every view of every screen, drawn from the fixture: each frame from a state of its own.
@Suite struct ScreenTests {
    /// A view, and the state that it is drawn from.
    private struct View {
        let name: String
        let state: WorkbenchState

        init(_ name: String, _ state: WorkbenchState, _ change: (inout WorkbenchState) -> Void = { _ in }) {
            self.name = name
            var state = state
            change(&state)
            self.state = state
        }

        func frame(_ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode) -> Frame {
            Screens.draw(state, width: width, height: height, glyphs: glyphs)
        }
    }

    /// The main view of each screen.
    private static func screens() throws -> [View] {
        [
            View("experiment", try Fixture.state()),
            View("trees", try Fixture.state(on: .trees)) {
                $0.trees.index = 3
                $0.trees.row = 1
            },
            View("cohorts", try Fixture.state(on: .cohorts)) { $0.cohorts.row = 2 },
            View("policy", try Fixture.state(on: .policy)) {
                $0.decisions.pins = [Fixture.pin]
                $0.results[.pins] = Fixture.pinned
            },
            View("front", try Fixture.searchedState()),
            View("models", try Fixture.judgedState()),
        ]
    }

    /// What else the screens can show.
    private static func panes() throws -> [View] {
        [
            View("experiment-balance", try Fixture.state()) { $0.experiment.pane = .balance },
            View("experiment-checks", try Fixture.state()) {
                $0.experiment.pane = .checks
                $0.experiment.row = 1
            },
            View("trees-single", try Fixture.state(on: .trees)) { $0.trees.index = 1 },
            View("trees-subgroups", try Fixture.state(on: .trees)) {
                $0.trees.index = 3
                $0.trees.pane = .subgroups
                $0.trees.row = 1
                $0.results[.subgroups] = [Fixture.subgroups]
            },
            View("cohorts-filtered", try Fixture.state(on: .cohorts)) {
                $0.filters[.cohorts] = "daily"
                $0.cohorts.view.sort = .effect(arm: 2, outcome: 0)
                $0.cohorts.view.column = .effect(arm: 2, outcome: 0)
                $0.cohorts.view.marked = [0]
            },
            View("policy-cohorts", try Fixture.state(on: .policy)) { $0.policy.pane = .cohorts },
            View("policy-pins", try Fixture.state(on: .policy)) {
                $0.decisions.pins = [Fixture.pin]
                $0.results[.pins] = Fixture.pinned
                $0.policy.pane = .pins
            },
            // What is shown is of the knobs before, and dimmed.
            View("policy-stale", try Fixture.state(on: .policy)) {
                _ = Reducer.reduce(&$0, .policy(.turn(steps: 10)))
            },
            View("front-empty", try Fixture.state(on: .front)),
            View("front-whiskers", try Fixture.searchedState()) { $0.front.view.whiskers = .all },
            View("front-zoomed", try Fixture.searchedState()) {
                $0.front.view.whiskers = .front
                $0.front.view.zoom = 2.56
            },
            View("front-honesty", try Fixture.viewedState(.honesty)),
            View("front-moves", try Fixture.viewedState(.moves)),
            View("front-shrinkage", try Fixture.viewedState(.shrinkage)),
            View("front-rules", try Fixture.viewedState(.rules)),
            View("front-search", try Fixture.viewedState(.search)),
            View("models-empty", try Fixture.state(on: .models)),
        ]
    }

    /// Lists and lines over a screen.
    private static func overlays() throws -> [View] {
        let policy = try Fixture.state(on: .policy)
        return [
            View("help", policy) { $0.overlay = .help(offset: 0) },
            View("palette", policy) { $0.overlay = .palette(text: "pick", row: 1) },
            View("history", policy) {
                for knob in [Knob.weight(1), .weight(2), .bias(1)] {
                    _ = Reducer.reduce(&$0, .policy(.set(knob, 1)))
                }
                _ = Reducer.reduce(&$0, .undo)
                $0.overlay = .history(row: 1)
            },
            View("themes", policy) {
                $0.preferences.themes = ["espalier-dark", "espalier-light", "plain"]
                $0.overlay = .themes(row: 1, before: "espalier-dark")
            },
            View("prompt", policy) { $0.overlay = .prompt(.value(.weight(1)), text: "0.4") },
            View("prompt-picks", try Fixture.searchedState()) { $0.overlay = .prompt(.pickCount, text: "3") },
        ]
    }

    @Test func goldenFrames() throws {
        var goldens = GoldenFrames()
        for view in try Self.screens() {
            for (width, height) in [(80, 24), (120, 40), (200, 60)] {
                try goldens.check(view.frame(width, height), "\(view.name)-\(width)x\(height)")
            }
            try goldens.check(view.frame(80, 24, .ascii), "\(view.name)-ascii")
        }
        for view in try Self.panes() + Self.overlays() {
            try goldens.check(view.frame(), view.name)
            try goldens.check(view.frame(120, 40), "\(view.name)-120x40")
            try goldens.check(view.frame(80, 24, .ascii), "\(view.name)-ascii")
        }
        try goldens.check(View("too-small", try Fixture.state()).frame(40, 10), "too-small")
        try goldens.finish()
    }

    /// As a terminal without colours shows them: attributes alone set apart what has the focus, somewhere a cell is drawn in
    /// reverse.
    @Test func withoutColours() throws {
        let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../themes")
        let theme = try ThemeLibrary(directories: [themes.path]).theme(named: "espalier-dark")
        var goldens = GoldenFrames()
        for view in try Self.screens() + Self.panes() + Self.overlays() {
            try goldens.check(view.frame(), mono: theme, "\(view.name)-mono")
            guard !["help", "front-empty", "models-empty"].contains(view.name) else { continue }
            let attributes = view.frame().attributes(under: theme)
            #expect(attributes.contains { "2367abef".contains($0) }, "\(view.name)")
        }
        try goldens.finish()
    }

    /// What the fixture holds, in each screen's own sentence.
    @Test(arguments: [
        (Screen.experiment, "high wins alone on sessions but breaks the limit on disables"),
        (.trees, "high on sessions: 2 leaves, 1 with an interval that excludes 0"),
        (.cohorts, "4 merged cohorts, each with the effects of its leaves"),
        (.policy, "beats control by +4.0% ±1.0 sessions; its limits hold by the estimate only"),
        (.front, "6 candidates, 2 inside every limit by their intervals"),
        (.models, "effects differ between units: high on sessions"),
    ]) func everyScreenSaysWhatIsSo(screen: Screen, sentence: String) throws {
        var state = try screen == .models ? Fixture.judgedState() : Fixture.searchedState(on: screen)
        state.trees.index = 3
        #expect(View("", state).frame(120, 40).text.contains(sentence), "\(View("", state).frame(120, 40).text)")
    }

    /// What a newcomer is told fits the least terminal that shows everything.
    @Test func hintsFitEightyColumns() throws {
        for screen in Screen.allCases {
            var state = try Fixture.state(on: screen)
            state.preferences.hints = Set(Screen.allCases)
            let text = View("", state).frame().text
            let line = text.split(separator: "\n", omittingEmptySubsequences: false)[2]
            #expect(line.contains(" Esc hides this "), "\(line)")
        }
    }
}
