import Frames
import Testing
import Workbench

@Suite struct CandidateViewTests {
    @Test func aViewIsComputedOnceForEachCandidateAndFollowsTheFocus() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        #expect(sample.session.state.results[.candidateReports].found.isEmpty)
        try sample.type("vv")
        #expect(sample.session.state.front.pane == .moves)
        let first = try #require(sample.session.state.focused?.id)
        #expect(sample.session.state.results[.candidateReports].found.keys.map(\.candidate) == [first])
        try sample.type("l")
        let second = try #require(sample.session.state.focused?.id)
        #expect(Set(sample.session.state.results[.candidateReports].found.keys.map(\.candidate)) == [first, second])
        let known = sample.session.state.results[.candidateReports].found
        // Back at the first, nothing is asked for again.
        var state = sample.session.state
        let work = Reducer.reduce(&state, .move(-1))
        #expect(
            !work.contains {
                $0.kind == .candidateReport
            })
        #expect(state.results[.candidateReports].found == known)
    }

    @Test func whatWasFoundLastStaysDimmedUntilTheNextIsThere() throws {
        let sample = try SampleSession()
        try sample.type("5svv")
        var state = sample.session.state
        let work = Reducer.reduce(&state, .move(1))
        #expect(
            work.contains {
                $0.kind == .candidateReport
            })
        let before = Screens.draw(sample.session.state, width: 80, height: 24, glyphs: .unicode)
        let after = Screens.draw(state, width: 80, height: 24, glyphs: .unicode)
        #expect(after.text.contains("WHAT MOVES WHAT"))
        #expect(after.roles != before.roles)
        // Stopped, it is asked for again once the focus has been elsewhere, not before.
        _ = Reducer.receive(&state, .cancelled(.candidateReport))
        #expect(Reducer.reduce(&state, .front(.cycleWhiskers)).count == 1)
        _ = Reducer.reduce(&state, .move(-1))
        #expect(Reducer.reduce(&state, .move(1)).count == 2)
    }

    @Test func theProbabilityOfKeepingTheLimitsStandsByEveryCandidate() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let state = sample.session.state
        #expect(Set(state.results[.feasibility].keys) == Set(state.visibleCandidates.map(\.id)))
        #expect(state.results[.feasibility].values.allSatisfy { (0...1).contains($0 ?? -1) })
        #expect(sample.frame().text.contains("keeps every limit:"))
        // Where the intervals keep every limit it is likely, where the estimates break one it is not.
        for candidate in state.visibleCandidates {
            let probability = try #require(state.results[.feasibility][candidate.id] ?? nil)
            switch candidate.tune?.limits {
            case .inside: #expect(probability > 0.9)
            case .outside: #expect(probability < 0.5)
            default: break
            }
        }
    }

    @Test func aSearchInsideTheLimitsSaysSoAndKeepsThem() throws {
        let sample = try SampleSession()
        try sample.type("5S")
        let state = sample.session.state
        #expect(state.message.contains("inside the limits"))
        #expect(state.facts.front?.settings?.feasible == true)
        #expect(state.visibleCandidates.allSatisfy { $0.tune?.limits != .outside })
        try sample.type("vvvvv")
        #expect(sample.frame().text.contains("spent inside the limits"))
    }

    @Test func theFrontOfTheWeightsAloneIsDrawnAndLeftOut() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let both = sample.frame(80, 24, .ascii).text
        #expect(both.contains(":: no bias"))
        try sample.type("W<Esc>")
        #expect(!sample.frame(80, 24, .ascii).text.contains(":: no bias"))
        let front = try #require(sample.session.state.facts.front)
        #expect(try #require(front.weightsOnly).hypervolume <= front.hypervolume * (1 + 1e-12))
    }
}
