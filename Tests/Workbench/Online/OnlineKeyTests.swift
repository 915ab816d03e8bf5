import Experiments
import Foundation
import Frames
import Policies
import Studies
import Testing
import Workbench

/// What keys on the Online screen ask for, and what they refuse.
@Suite struct OnlineKeyTests {
    private func type(_ keys: String, into state: inout WorkbenchState) throws -> [Work] {
        try Key.parse(keys).flatMap { Input.type($0, into: &state) }
    }

    private func operations(_ work: [Work]) -> [any StudyOperation] {
        work.compactMap { if case .operation(let operation) = $0 { operation } else { nil } }
    }

    private func readState(isProposed: Bool = false) throws -> WorkbenchState {
        try Fixture.onlineState(
            rounds: [try Fixture.round(1), try Fixture.round(2)],
            plans: [1: try Fixture.plan(1), 2: try Fixture.plan(2)], isProposed: isProposed)
    }

    @Test func keysMoveAbout() throws {
        var state = try readState()
        func number() -> Int? { state.online.round }
        _ = try type("oO", into: &state)
        #expect(state.online.outcome == 0)
        _ = try type("O", into: &state)
        #expect(state.online.outcome == 3)
        _ = try type("[", into: &state)
        #expect(number() == 1)
        _ = try type("[<Left>", into: &state)
        #expect(number() == 1)
        _ = try type("]<Right>", into: &state)
        #expect(number() == 2)
        _ = try type("jjjG", into: &state)
        #expect(state.online.row == 6)
        _ = try type("v", into: &state)
        #expect(state.online.pane == .next && state.online.row == 0)
        _ = try type("vv", into: &state)
        #expect(state.online.pane == .round)
    }

    /// The plan whose results are awaited stands after the rounds.
    @Test func aPlanComesAfterTheRounds() throws {
        var state = try Fixture.onlineState(
            rounds: [try Fixture.round(1)], plans: [1: try Fixture.plan(1), 2: try Fixture.plan(2)])
        func text() -> String { Screens.draw(state, width: 80, height: 24, glyphs: .unicode).text }
        #expect(text().contains("[plan 2 waits]") && text().contains("PLAN 2"))
        _ = try type("[", into: &state)
        #expect(state.online.round == 1 && text().contains("[1 70,273✓]") && !text().contains("PLAN 2"))
        _ = try type("]", into: &state)
        #expect(state.online.round == nil && text().contains("PLAN 2"))
    }

    @Test(arguments: [
        ("p", "nothing is picked yet: 5 shows the front, Space picks"),
        ("r", "no plan counts: p makes one, R reads results by a plan's file"),
        ("n", "no round counts yet: p plans one, r reads its results"),
        ("N", "a candidate can be repeated: j and k choose one"),
        ("d", "a round that was read can be taken back: [ and ] choose one"),
        ("[", "no round was read yet"),
        ("w", "nothing is launched: l launches a policy, W watches one by its file"),
        ("l", "a candidate can be launched: j and k choose one, in a round or among the next policies"),
    ]) func whatCannotBeDoneSaysWhy(key: String, sentence: String) throws {
        var state = try Fixture.onlineState()
        #expect(try operations(type(key, into: &state)).isEmpty)
        #expect(state.message == sentence && state.overlay == .none)
    }

    @Test func aPlanIsOfThePicksOrOfWhatWasProposed() throws {
        var state = try readState(isProposed: true)
        state.decisions.picked = [2, 1]
        _ = try type("=<C-u>700 slice=0.1 retention=maximize churn=minimize<Enter>", into: &state)
        func planned(_ keys: String) throws -> PlanRound? {
            try operations(type(keys, into: &state)).first as? PlanRound
        }
        let proposed = try #require(try planned("p<Enter>"))
        #expect(proposed.request.candidates == [6, 7, 8] && proposed.request.users == 700)
        #expect(proposed.request.slice == 0.1 && proposed.path.hasSuffix("/round-3.json"))
        #expect(
            proposed.request.longTerm == [
                PlanRequest.LongTerm(name: "retention", direction: .maximize),
                PlanRequest.LongTerm(name: "churn", direction: .minimize),
            ])
        #expect(try planned("P<C-u>/data/mine.json!<Enter>")?.request.candidates == [1, 2])
        // What is hidden again is not planned.
        state.decisions.hidden = [7]
        #expect(try planned("p<Enter>")?.request.candidates == [1, 2])
    }

    @Test(arguments: [
        ("x", "\"x\" begins with no number of users; type one like 5000"),
        ("1", "users are 2 or more, and a slice is at least 0 and below 1"),
        ("50 slice=1", "users are 2 or more, and a slice is at least 0 and below 1"),
        ("50 slice", "\"slice\" is not name=value"),
        ("50 y=up", "\"y=up\" is neither slice=0.05, explore=thompson nor an outcome=maximize or outcome=minimize"),
    ]) func settingsThatMeanNothingAreRefused(text: String, sentence: String) throws {
        var state = try readState()
        _ = try type("=\(text)<Enter>", into: &state)
        #expect(state.message == sentence && state.online.users == 5_000)
    }

    @Test func aLaunchIsAskedForInTwoLines() throws {
        var state = try readState()
        state.online.row = 3
        let usual = try #require(try operations(type("l<Enter><Enter>", into: &state)).first as? LaunchPolicy)
        #expect(usual.candidate == 2 && usual.holdout == 0.03 && usual.days == 30 && usual.users == 30_000)
        #expect(usual.path.hasSuffix("/policy.json"))
        let work = try type("l0.05 days=9 users=800<Enter><C-u>/data/b.json<Enter>", into: &state)
        let own = try #require(operations(work).first as? LaunchPolicy)
        #expect(own.holdout == 0.05 && own.days == 9 && own.users == 800 && own.path == "/data/b.json")
        for (text, part) in [("x", "begins with no share"), ("1", "above 0 and below 1"), ("0.1 x=1", "is neither")] {
            #expect(try operations(type("l\(text)<Enter>", into: &state)).isEmpty)
            #expect(state.message.contains(part) && state.overlay == .none)
        }
        // Control cannot be launched.
        state.online.row = 0
        #expect(try operations(type("l", into: &state)).isEmpty && state.overlay == .none)
    }

    /// Results with covariates and a plan of their own are asked for in three lines.
    @Test func resultsAreRead() throws {
        var state = try readState()
        func read(_ keys: String) throws -> ReadResults? {
            try type(keys, into: &state).compactMap { work -> ReadResults? in
                if case .query(let query) = work { query as? ReadResults } else { nil }
            }.first
        }
        let plain = try #require(try read("r<C-u>/data/a.csv<Enter>"))
        #expect(plain.path == "/data/a.csv" && plain.planPath == nil && plain.covariatesPath == nil)
        let whole = try #require(
            try read("R/data/units.csv<Enter>/data/plan.json<Enter><C-u>/data/a.csv<Enter>"))
        #expect(whole.covariatesPath == "/data/units.csv" && whole.planPath == "/data/plan.json")
        #expect(try read("r<C-u><Enter>") == nil && state.message == "no file was named; nothing was read")
    }

    @Test func aWatchIsKeptWithTheView() throws {
        var state = try readState()
        _ = try type("W<C-u>/data/p.json<Enter><C-u>/data/log.csv<Enter>", into: &state)
        #expect(state.online.watch == OnlineState.Watch(policy: "/data/p.json", log: "/data/log.csv"))
        #expect(state.online.pane == .monitor)
        state.online.longTerm = [PlanRequest.LongTerm(name: "retention", direction: .maximize)]
        let saved = try JSONEncoder().encode(state.online)
        #expect(try JSONDecoder().decode(OnlineState.self, from: saved) == state.online)
        #expect(try JSONDecoder().decode(OnlineState.self, from: Data("{}".utf8)) == OnlineState())
        #expect(OnlineScreen.fits(state.online, Fixture.space))
        state.online.users = 0
        #expect(!OnlineScreen.fits(state.online, Fixture.space))
    }
}
