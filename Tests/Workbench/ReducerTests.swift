import Policies
import Studies
import Testing
import Workbench

@Suite struct ReducerTests {
    @Test func stepsOfOneKnobAreOneUndo() throws {
        let sample = try SampleSession()
        let start = sample.session.state.decisions.knobs
        try sample.type("4lllll")
        let turned = sample.session.state.decisions.knobs
        #expect(turned != start)
        try sample.type("jll")
        try sample.type("u")
        #expect(sample.session.state.decisions.knobs == turned)
        try sample.type("u")
        #expect(sample.session.state.decisions.knobs == start)
        try sample.type("<C-r><C-r>")
        #expect(sample.session.state.decisions.knobs.weights[2] != 0)
        #expect(sample.session.state.decisions.knobs.weights[1] == turned.weights[1])
    }

    @Test func staleResultsAreDroppedAndTheLastGoodOnesStay() throws {
        let sample = try SampleSession()
        try sample.type("4")
        var state = sample.session.state
        let shown = try #require(state.results[.evaluation])
        let old = state.decisions.knobs
        let work = Reducer.reduce(&state, .policy(.turn(steps: 1)))
        #expect(!work.isEmpty && state.results.isStale(.evaluation) && state.results[.evaluation] == shown)
        // A result for knobs that are no longer current changes nothing.
        _ = EvaluatePresent(knobs: old, estimator: state.estimator).take(shown, in: &state)
        #expect(state.results.isStale(.evaluation))
        _ = EvaluatePresent(knobs: state.decisions.knobs, estimator: state.estimator).take(shown, in: &state)
        #expect(!state.results.isStale(.evaluation))
    }

    @Test func undoingASearchHidesItsCandidatesAndRedoShowsThem() throws {
        let sample = try SampleSession()
        try sample.type("4a5s")
        let found = sample.session.state.visibleCandidates.count
        #expect(found > 1)
        try sample.type("u")
        #expect(sample.session.state.visibleCandidates.map(\.name) == ["A"])
        try sample.type("<C-r>")
        #expect(sample.session.state.visibleCandidates.count == found)
    }

    @Test func aPickOpensConfirmOnceAndCountsTheLook() throws {
        let sample = try SampleSession()
        try sample.type("4a5 ")
        #expect(sample.session.state.facts.looks == 1)
        #expect(sample.session.state.facts.candidates.first?.confirm != nil)
        try sample.type("  ")
        #expect(sample.session.state.facts.looks == 1)
        #expect(sample.session.state.decisions.picked == [1])
    }

    /// The second press comes before the first has become a candidate.
    @Test func twoQuickAddsMakeOneCandidate() throws {
        let sample = try SampleSession()
        try sample.type("4")
        sample.session.perform(.policy(.addCandidate))
        sample.session.perform(.policy(.addCandidate))
        #expect(sample.session.state.message == "this policy is being added already")
        sample.session.settle()
        #expect(sample.session.state.visibleCandidates.map(\.name) == ["A"])
        try sample.type("a")
        #expect(sample.session.state.message == "this policy is candidate A already")
        // Once undone it may be added again.
        try sample.type("ua")
        #expect(sample.session.state.visibleCandidates.count == 1)
    }

    @Test func undoingAPickTakesAwayTheCandidatesItAdded() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let found = Set(sample.session.state.visibleCandidates.map(\.id))
        try sample.type("K7<Enter>y")
        let picked = sample.session.state.decisions.picked
        let added = picked.subtracting(found)
        #expect(picked.count == 7 && !added.isEmpty)
        #expect(sample.session.state.history.past.last?.name.contains("which added") == true)
        try sample.type("u")
        #expect(Set(sample.session.state.visibleCandidates.map(\.id)) == found)
        #expect(sample.session.state.decisions.picked.isEmpty)
        try sample.type("<C-r>")
        #expect(sample.session.state.decisions.picked == picked)
        #expect(Set(sample.session.state.visibleCandidates.map(\.id)) == found.union(added))
    }

    @Test func everyBindingHasANameAndNoKeyMeansTwoThings() {
        for screen in Screen.allCases {
            let bindings = KeyTable.bindings(screen)
            #expect(bindings.allSatisfy { !$0.name.isEmpty && !$0.keys.isEmpty })
            let keys = bindings.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(screen)")
        }
    }
}
