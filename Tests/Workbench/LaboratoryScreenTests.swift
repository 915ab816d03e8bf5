import Frames
import Goldens
import Policies
import Studies
import Testing
import Workbench

/// The Laboratory screen, and what Allocate makes of its answer.
@Suite struct LaboratoryScreenTests {
    private static func state(_ change: (inout WorkbenchState) -> Void = { _ in }) throws -> WorkbenchState {
        var state = try Fixture.state(on: .laboratory)
        change(&state)
        return state
    }

    private static func text(_ state: WorkbenchState, _ width: Int = 80, _ height: Int = 24) -> String {
        Screens.draw(state, width: width, height: height, glyphs: .unicode).text
    }

    @Test func goldenFrames() throws {
        var goldens = GoldenFrames()
        let answered = try Self.state {
            $0.results[.laboratory] = Fixture.laboratory
            $0.laboratory.row = 1
        }
        let scenario = try Self.state {
            $0.laboratory.world = .second
            $0.results[.scenarioAnswers] = [.second: Fixture.scenarioAnswer]
            $0.laboratory.leftOut = ["forest.lp"]
        }
        let views = [
            ("laboratory-empty", try Self.state()), ("laboratory", answered), ("laboratory-scenario", scenario),
        ]
        for (name, state) in views {
            for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
                try goldens.check(
                    Screens.draw(state, width: width, height: height, glyphs: .unicode), "\(name)-\(width)x\(height)")
            }
            try goldens.check(Screens.draw(state, width: 80, height: 24, glyphs: .ascii), "\(name)-ascii")
        }
        var text = scenario
        text.laboratory.pane = .text
        try goldens.check(Screens.draw(text, width: 80, height: 24, glyphs: .unicode), "laboratory-text")
        var palette = try Fixture.state(on: .policy)
        palette.overlay = .palette(text: "laboratory", row: 0)
        try goldens.check(Screens.draw(palette, width: 80, height: 24, glyphs: .unicode), "laboratory-palette")
        try goldens.finish()
    }

    @Test func thePaletteShowsItAndEscLeavesIt() throws {
        var state = try Fixture.state(on: .cohorts)
        func type(_ keys: String) throws {
            for key in try Key.parse(keys) { _ = Input.type(key, into: &state) }
        }
        try type(":laboratory<Enter>")
        #expect(state.screen == .laboratory && Self.text(state).contains("[Laboratory] 1 Exp"))
        try type("<Esc>")
        #expect(state.screen == .cohorts && !Self.text(state).contains("Laboratory"))
        // A hint goes with it; an overlay goes first.
        state.preferences.hints = [.laboratory]
        try type(":laboratory<Enter>?<Esc>")
        #expect(state.screen == .laboratory)
        try type("<Esc>")
        #expect(state.screen == .cohorts && state.preferences.hints.isEmpty)
        // No number leads there, and Tab leads away to the first of the tabs, BackTab to the last.
        try type(":laboratory<Enter><Tab>")
        #expect(state.screen == .experiment)
        try type(":laboratory<Enter><BackTab>")
        #expect(state.screen == .online)
        #expect(Screen.laboratory.number == 0 && !Screen.laboratory.isTab && Screen.online.isTab)
        try type("0")
        #expect(state.screen == .online)
        // A click in the line of tabs means what stands there.
        try type(":laboratory<Enter>")
        let frame = Screens.draw(state, width: 80, height: 24, glyphs: .unicode)
        let place = try #require(frame.regions.first { $0.target == .tab(1) }).rect
        #expect(frame.text.split(separator: "\n")[1].dropFirst(place.x).hasPrefix(" 1 Exp"))
    }

    @Test func settingsMoveAndAreSaid() throws {
        var state = try Self.state()
        func type(_ keys: String) throws {
            for key in try Key.parse(keys) { _ = Input.type(key, into: &state) }
        }
        try type("l")
        #expect(state.laboratory.noise == 10 && state.message.contains("the noise is that of the study"))
        try type("wwl+")
        #expect(state.laboratory.world == .second && state.laboratory.noise == 15 && state.laboratory.replicates == 20)
        try type("=60<Enter>")
        #expect(state.laboratory.units == 60)
        #expect(Self.text(state).contains("scenario 2  NOISE h/l W 15  REPLICATES +/- 20  UNITS/ARM = 60"))
        try type("=3<Enter>")
        #expect(state.laboratory.units == 60 && state.message.contains("is no number of units"))
        try type("xhhhhhh-----------")
        #expect(state.laboratory.units == nil && state.laboratory.noise == 0 && state.laboratory.replicates == 2)
        try type("j ")
        #expect(state.laboratory.leftOut == ["heuristic.lp"] && state.laboratory.methods.count == 14)
        try type(" ")
        #expect(state.laboratory.leftOut.isEmpty)
        try type("v")
        #expect(Self.text(state).contains("does not come out of their"))
        try type("vwww")
        #expect(state.laboratory.world == .study)
    }

    @Test func methodsAreSortedByWhatIsAskedFor() throws {
        var state = try Self.state { $0.results[.laboratory] = Fixture.laboratory }
        func first() -> String {
            let lines = Self.text(state).split(separator: "\n", omittingEmptySubsequences: false)
            return lines[6].split(separator: " ").first { $0.contains(".") || $0 == "global" }.map(String.init) ?? ""
        }
        #expect(first() == "joint.stochastic")
        var seen: [String] = []
        for _ in 0..<4 {
            _ = Input.type(.character("s"), into: &state)
            seen.append(first())
        }
        #expect(seen == ["two-forests.lp", "global", "global", "joint.stochastic"])
        state.message = ""
        #expect(
            Self.text(state, 120, 40).contains(
                "joint.stochastic serves best, 0.953 of the oracle; not told apart: "
                    + "shrunk.stochastic"))
    }

    /// Nothing is asked for while everything is left out, or before the study is open.
    @Test func whatCannotRunSaysWhy() throws {
        var state = try Self.state { $0.laboratory.leftOut = Set(Fixture.laboratory.rows.map(\.method)) }
        func works() -> Int {
            Input.type(.character("r"), into: &state).count { if case .operation = $0 { true } else { false } }
        }
        #expect(works() == 0 && state.message.contains("every method is left out"))
        state.laboratory.leftOut = []
        #expect(works() == 1 && state.message == "comparing 15 methods")
        state.facts.workspace = nil
        #expect(works() == 0 && state.message == "effects are still being estimated")
    }

    /// The answer for the study is kept in it; that of a scenario is not.
    @Test func theAnswerIsKept() throws {
        let sample = try SampleSession()
        try sample.type(":laboratory<Enter>/forest<Enter> j /<C-u><Enter>")
        #expect(sample.session.state.laboratory.leftOut == ["forest.lp", "two-forests.lp"])
        try sample.type("=60<Enter>--r")
        let path = sample.session.state.facts.studyPath
        let kept = try #require(try StudyFile(opening: path).laboratory()).summary
        #expect(sample.session.state.results[.laboratory] == kept)
        #expect(kept.replicates == 2 && kept.unitsPerArm == 60 && kept.rows.count == 13)
        let best = try #require(kept.best?.method)
        #expect(sample.frame(120, 40).text.contains("\(best) serves best, "))
        try sample.type("w")
        #expect(sample.frame().text.contains("the study keeps nothing of it"))
        try sample.type("<Enter>")
        let scenario = try #require(sample.session.state.results[.scenarioAnswers][.first])
        #expect(scenario.scenario == "1" && scenario.rows.count == 13 && scenario.rows[0].noise == 10)
        #expect(try StudyFile(opening: path).laboratory()?.summary == kept)
        // Allocate uses it.
        try sample.type("7r")
        #expect(sample.session.state.message == "method, cohorts and effects are those of \(best)")
        #expect(sample.frame(120, 40).text.contains("lab: \(best) "))
        try sample.type("I")
        #expect(sample.session.state.message.hasPrefix("lab: \(best) "))
        #expect(sample.session.state.message.contains(" of the oracle, value "))
        let kinds = try StudyFile(opening: path).entries().map(\.entry.kind)
        #expect(kinds.count { $0 == CompareMethods.kind } == 1)
    }

    @Test func allocateMarksWhatTheLaboratoryAdvises() throws {
        var state = try Fixture.state(on: .allocate)
        let without = Self.text(state)
        _ = Input.type(.character("I"), into: &state)
        #expect(state.message.contains("was not asked yet"))
        _ = Input.type(.character("r"), into: &state)
        #expect(state.message.contains("was not asked yet") && state.allocate.request == AllocateState().request)
        state.message = ""
        #expect(Self.text(state) == without && !without.contains("lab:"))
        state.results[.laboratory] = Fixture.laboratory
        var goldens = GoldenFrames()
        for (width, height) in [(80, 24), (120, 40)] {
            try goldens.check(
                Screens.draw(state, width: width, height: height, glyphs: .unicode),
                "allocate-laboratory-\(width)x\(height)")
        }
        try goldens.finish()
        // With the cohorts that the answer is about alone.
        func marks() -> Int { Self.text(state).filter { $0 == "●" || $0 == "○" }.count }
        let joint = marks()
        state.allocate.request.cohorts = .merged
        #expect(marks() < joint)
        state.allocate.request.effects = .shrunk
        #expect(Self.text(state).contains("○"))
        _ = Input.type(.character("r"), into: &state)
        let request = state.allocate.request
        #expect(request.method == .stochastic && request.cohorts == .joint && request.effects == .inherited)
    }
}
