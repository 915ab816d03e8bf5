import Frames
import Policies
import Testing
import Workbench

/// Keys in the lists and lines that lie over a screen.
@Suite struct OverlayKeyTests {
    private func type(_ keys: String, into state: inout WorkbenchState) throws -> [Work] {
        try Key.parse(keys).flatMap { Input.type($0, into: &state) }
    }

    private func logged(_ jobs: [Work]) -> [Action] {
        jobs.compactMap { if case .log(let action) = $0 { action } else { nil } }
    }

    /// From line 12 of the help of the Experiment screen, whose last is 34.
    @Test(arguments: [
        ("j<Down><C-n><Tab>", 13), ("k<Up><C-p><BackTab>", 11), ("<PageDown><Space>", 22), ("<PageUp>", 2),
        ("g<Home>", 0),
        ("G<End>", 34),
    ]) func listsScroll(keys: String, line: Int) throws {
        #expect(KeyTable.bindings(.experiment).count == 35)
        for key in try Key.parse(keys) {
            var state = WorkbenchState(title: "t")
            state.overlay = .help(offset: 12)
            #expect(Input.type(key, into: &state).isEmpty)
            #expect(state.overlay == .help(offset: line), "\(key.notation)")
        }
    }

    @Test(arguments: ["<Esc>", "q", "?", "<Enter>", "x"]) func anyOtherKeyClosesTheHelp(key: String) throws {
        var state = WorkbenchState(title: "t")
        state.overlay = .help(offset: 12)
        #expect(try type(key, into: &state).isEmpty && state.overlay == .none && state.screen == .experiment)
    }

    @Test func themesShowAtOnceAndStayOnEnter() throws {
        var state = WorkbenchState(title: "t")
        state.preferences.themes = ["a", "b", "c"]
        state.preferences.theme = "b"
        _ = try type("T", into: &state)
        #expect(state.overlay == .themes(row: 1, before: "b"))
        _ = try type("j", into: &state)
        #expect(state.overlay == .themes(row: 2, before: "b") && state.preferences.theme == "c")
        _ = try type("j", into: &state)
        #expect(state.overlay == .themes(row: 2, before: "b"))
        _ = try type("<Esc>", into: &state)
        #expect(state.overlay == .none && state.preferences.theme == "b")
        _ = try type("Tkk<Enter>", into: &state)
        #expect(state.overlay == .none && state.preferences.theme == "a")
    }

    /// Four steps made and some undone again: the cursor starts on the last that holds, and Enter goes to the state after
    /// the step in its row, by undo or by redo.
    @Test(arguments: [
        (0, "", 3, Int?.none), (0, "k", 2, 1), (0, "g", 0, 3), (2, "", 1, nil), (2, "G", 3, -2), (2, "k", 0, 1),
    ])
    func theListOfSteps(undone: Int, keys: String, row: Int, rewind: Int?) throws {
        var state = try SampleSession().session.state
        for knob in [Knob.weight(1), .weight(2), .bias(1), .bias(2)] {
            _ = Reducer.reduce(&state, .policy(.set(knob, 1)))
        }
        for _ in 0..<undone { _ = Reducer.reduce(&state, .undo) }
        _ = try type("U" + keys, into: &state)
        #expect(state.overlay == .history(row: row))
        #expect(try logged(type("<Enter>", into: &state)) == (rewind.map { [.rewind($0)] } ?? []))
        #expect(state.history.past.count == row + 1 && state.history.future.count == 3 - row && state.overlay == .none)
        #expect(state.decisions.knobs[.weight(1)] == 1)
        #expect(state.decisions.knobs[.bias(2)] == (row == 3 ? 1 : 0))
    }

    /// The answers to the line at the bottom, on a study that has what they need.
    @Test func promptsBecomeActions() throws {
        let base = try SampleSession().session.state
        let answers: [(Action.Prompt, String, Action)] = [
            (.value(.weight(1)), "0.4", .policy(.set(.weight(1), 0.4))),
            (.value(.bias(2)), "-3e-2", .policy(.set(.bias(2), -0.03))),
            (.pickCount, "5", .front(.choosePicks(5))), (.exportPath, "p.json", .describeExport(path: "p.json")),
            (.reportPath, "r.html", .report(path: "r.html")), (.filter, "ctr", .filter("ctr")),
            (.drill, "a  b", .cohorts(.drill(["a", "b"]))), (.drill, "", .cohorts(.drill([]))),
            (.cohortsPath, "c.csv", .cohorts(.export(path: "c.csv"))), (.note, "mine", .note("mine")),
            (.note, "", .note("")),
            (.reference, "ctr=0.5 sessions=-1", .front(.setReference(["ctr": 0.5, "sessions": -1]))),
            (.reference, "", .front(.setReference(nil))),
        ]
        for (prompt, text, action) in answers {
            var state = base
            state.overlay = .prompt(prompt, text: text)
            let jobs = Input.type(.enter, into: &state)
            #expect(logged(jobs) == (action.isLogged ? [action] : []), "\(text)")
            #expect(state.overlay == .none)
            // Escape asks for nothing; a filter that was applied while it was typed is taken back.
            for key in [Key.escape, .control("c")] {
                state = base
                state.overlay = .prompt(prompt, text: text)
                #expect(logged(Input.type(key, into: &state)) == (prompt == .filter ? [.filter("")] : []))
                #expect(state.overlay == .none)
            }
        }
        let refused: [(Action.Prompt, String, String)] = [
            (.value(.weight(1)), "x", "\"x\" is not a number; type one like 0.4"),
            (.value(.weight(1)), "inf", "\"inf\" is not a number; type one like 0.4"),
            (.pickCount, "0", "\"0\" is not a count; type one like 5"),
            (.pickCount, "-2", "\"-2\" is not a count; type one like 5"),
            (.pickCount, "2.5", "\"2.5\" is not a count; type one like 5"),
            (.exportPath, "", "no file was named; nothing was written"),
            (.reference, "ctr", "\"ctr\" is not outcome=number"),
            (.reference, "ctr=x", "\"ctr=x\" is not outcome=number"),
            (.reference, "c=1", "there is no outcome c; write sessions, ctr, disables"),
        ]
        for (prompt, text, sentence) in refused {
            var state = base
            state.overlay = .prompt(prompt, text: text)
            #expect(Input.type(.enter, into: &state).isEmpty && state.message == sentence && state.overlay == .none)
        }
    }

    @Test func aLineIsEditedAtItsEnd() throws {
        let base = try SampleSession().session.state
        for (keys, line) in [
            ("ab", "xyab"), ("<Backspace>", "x"), ("<Delete>", "x"), ("<C-u>z", "z"), ("<Up><Tab>", "xy"),
        ] {
            var state = base
            state.overlay = .prompt(.note, text: "xy")
            _ = try type(keys, into: &state)
            #expect(state.overlay == .prompt(.note, text: line), "\(keys)")
        }
        // A filter is applied letter by letter.
        var state = base
        state.overlay = .prompt(.filter, text: "a")
        #expect(try logged(type("bc<Backspace>", into: &state)) == [.filter("ab"), .filter("abc"), .filter("ab")])
    }

    /// The palette: every word has to be in an action's name; Enter does the row's action on its own screen.
    @Test func thePaletteRunsTheRow() throws {
        let base = try SampleSession().session.state
        var state = base
        _ = try type(":", into: &state)
        #expect(state.overlay == .palette(text: "", row: 0))
        _ = try type("judge", into: &state)
        #expect(state.overlay == .palette(text: "judge", row: 0))
        _ = try type("<Down><C-n><Tab>", into: &state)
        #expect(state.overlay == .palette(text: "judge", row: 1))
        #expect(try logged(type("<Enter>", into: &state)) == [.show(.models), .models(.judge(all: true))])
        #expect(state.overlay == .none && state.screen == .models)
        state = base
        #expect(
            try logged(type(":judge<Down><Up><C-p><BackTab><Enter>", into: &state)) == [
                .show(.models), .models(.judge(all: false)),
            ])
        state = base
        #expect(try logged(type(":no such thing<Enter>", into: &state)).isEmpty && state.overlay == .none)
        // Typing starts at the first row again.
        state = base
        _ = try type(":j<Down>u", into: &state)
        #expect(state.overlay == .palette(text: "ju", row: 0))
    }
}
