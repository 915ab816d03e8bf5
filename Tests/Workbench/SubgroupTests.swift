import Frames
import Goldens
import Testing
import Workbench

/// Subgroups on the Trees screen.
@Suite struct SubgroupTests {
    @Test func theyAreSearchedForTheFocusedPairAndShowEveryOutcome() throws {
        let sample = try SampleSession()
        try sample.type("2v")
        #expect(sample.frame().text.contains("no subgroups of this arm and outcome were searched yet"))
        try sample.type("sj")
        let state = sample.session.state
        #expect(state.results[.subgroups].count == 1 && state.trees.pane == .subgroups && state.trees.row == 1)
        try GoldenText.check(sample.frame(), "trees-subgroups")
        try GoldenText.check(sample.frame(120, 40, .ascii), "trees-subgroups-ascii")
        // Another pair has its own; the filter is that of the screen.
        try sample.type("o")
        #expect(sample.frame().text.contains("no subgroups of this arm and outcome were searched yet"))
        try sample.type("O/nothing has these words<Enter>")
        #expect(sample.frame().text.contains("none of them has these words"))
        try sample.type("/<C-u><Enter>vc")
        #expect(sample.session.state.screen == .cohorts)
    }
}
