import Frames
import Policies
import Studies
import Testing
import Workbench

/// Where the keys of the Front screen's plot lead: right and up are better, and what is panned to is what lies there.
@Suite struct FrontDirectionTests {
    private func typed(_ keys: String, _ state: WorkbenchState) throws -> WorkbenchState {
        var state = state
        for key in try Key.parse(keys) { _ = Input.type(key, into: &state) }
        return state
    }

    @Test func everyDirection() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let start = sample.session.state
        let near = try typed("0++", start)
        #expect(abs(near.front.view.zoom - 2.56) < 1e-12)
        // From the middle, so that no edge is met.
        var middle = near
        middle.front.view.middle.across = 0.5
        middle.front.view.middle.up = 0.5
        let moves: [(key: String, across: Double, up: Double)] = [("[", -1, 0), ("]", 1, 0), ("{", 0, -1), ("}", 0, 1)]
        for move in moves {
            let panned = try typed(move.key, middle).front.view
            #expect(abs(panned.middle.across - (0.5 + move.across * 0.25 / 2.56)) < 1e-12, "\(move.key)")
            #expect(abs(panned.middle.up - (0.5 + move.up * 0.25 / 2.56)) < 1e-12, "\(move.key)")
        }
        #expect(abs(try typed("-", middle).front.view.zoom - 1.6) < 1e-12)
        #expect(try typed("---", middle).front.view.zoom == 1)
        let whole = try typed("]0", middle).front.view
        #expect(whole.zoom == 1 && whole.middle == middle.front.view.middle)

        // The arrows, from the candidate in the middle of the list.
        let space = try #require(start.space)
        func value(_ state: WorkbenchState, _ outcome: Int) throws -> Double {
            let own = try #require(state.focused?.tune?.outcomes[outcome].difference)
            return space.outcomes[outcome].sign * own.value
        }
        var here = start
        here.front.focusedCandidate = here.visibleCandidates[here.visibleCandidates.count / 2].id
        #expect(here.front.horizontalOutcome == 1 && here.front.verticalOutcome == 0)
        for (key, outcome, sign) in [("<Right>", 1, 1.0), ("<Left>", 1, -1), ("<Up>", 0, 1), ("<Down>", 0, -1)] {
            let there = try typed(key, here)
            #expect(there.front.focusedCandidate != here.front.focusedCandidate, "\(key)")
            #expect(try sign * (value(there, outcome) - value(here, outcome)) > 0, "\(key)")
        }
        // The letters go through the list, which descends in the vertical outcome.
        let next = try typed("j", here)
        #expect(next.focused?.id == here.visibleCandidates[here.visibleCandidates.count / 2 + 1].id)
        #expect(try value(next, 0) <= value(here, 0))
        #expect(try typed("l", here).front.focusedCandidate == next.front.focusedCandidate)
        #expect(try typed("jk", here).front.focusedCandidate == here.front.focusedCandidate)
        #expect(try typed("jh", here).front.focusedCandidate == here.front.focusedCandidate)
        #expect(try typed("g", here).front.focusedCandidate == here.visibleCandidates.first?.id)
        #expect(try typed("G", here).front.focusedCandidate == here.visibleCandidates.last?.id)
        // Axes go round all outcomes but the other axis' own.
        #expect(try typed("x", here).front.horizontalOutcome == 2 && typed("xx", here).front.horizontalOutcome == 1)
        #expect(try typed("y", here).front.verticalOutcome == 2 && typed("yy", here).front.verticalOutcome == 0)
        #expect(try typed("x", here).front.verticalOutcome == 0)
        // s and S ask for different searches, of the number that comes next.
        func search(_ key: String) throws -> SearchRequest? {
            var state = start
            for work in Input.type(try Key.parse(key)[0], into: &state) {
                if case .operation(let search as SearchFront) = work {
                    return SearchRequest(seed: search.settings.seed, feasible: search.settings.feasible)
                }
            }
            return nil
        }
        #expect(try search("s") == SearchRequest(seed: 2, feasible: false))
        #expect(try search("S") == SearchRequest(seed: 2, feasible: true))
    }

    private struct SearchRequest: Equatable {
        let seed: UInt64
        let feasible: Bool
    }

    /// Steps of the knobs, and what they set: right and capitals are more.
    @Test func knobs() throws {
        let start = try SampleSession().session.state
        var state = start
        state.screen = .policy
        let knob = try #require(state.knob)
        let grid = try #require(state.facts.workspace).grids[knob]
        for (keys, steps) in [("l", 1), ("h", -1), ("L", 10), ("H", -10), ("<Right>", 1), ("<Left>", -1), ("lL", 11)] {
            #expect(try typed(keys, state).decisions.knobs[knob] == grid.values[60 + steps], "\(keys)")
        }
        #expect(try typed("L0", state).decisions.knobs[knob] == 0)
        #expect(try typed("j", state).policy.focusedKnob == 1 && typed("jjk", state).policy.focusedKnob == 1)
        #expect(
            try typed("G", state).policy.focusedKnob == state.knobs.count - 1
                && typed("Gg", state).policy.focusedKnob == 0)
        #expect(try typed("<PageDown>", state).policy.focusedKnob == min(10, state.knobs.count - 1))
        let pinned = try typed("lp", state).decisions
        #expect(pinned.pins == [pinned.knobs] && pinned.pinned == pinned.knobs)
        #expect(try typed("lpp", state).decisions.pins.isEmpty)
        #expect(
            try typed("lu", state).decisions == state.decisions
                && typed("lu<C-r>", state).decisions == typed("l", state).decisions)
    }
}
