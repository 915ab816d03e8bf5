import Frames
import Testing
import Workbench

/// `/` on the lists of the Experiment screen.
@Suite struct FilterTests {
    @Test func everyListOfTheExperimentCanBeSifted() throws {
        let sample = try SampleSession()
        func rows(_ words: String) -> Int {
            sample.frame(120, 24).text.split(separator: "\n").count { $0.contains(words) }
        }
        try sample.type("/cap_mid<Enter>")
        #expect(sample.session.state.message == "3 rows have these words")
        // Once among the arms, and on each of the three outcomes.
        #expect(rows("cap_mid ") == 4)
        try sample.type("jjjjj")
        #expect(sample.session.state.experiment.row == 2)
        // The words were meant for one list.
        try sample.type("v")
        #expect(sample.session.state.filter.isEmpty && sample.session.state.experiment.row == 0)
        try sample.type("/visits<Enter>")
        #expect(sample.session.state.message == "1 row has these words" && rows("visits_28d") == 1)
        try sample.type("v/exposure<Enter>")
        #expect(sample.session.state.message.contains("these words"))
        try sample.type("6/x<Enter>")
        #expect(sample.session.state.filter.isEmpty && sample.session.state.message.contains("too short to filter"))
    }
}
