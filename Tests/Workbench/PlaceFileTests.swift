import Foundation
import Testing
import Workbench

/// Files named on screen.
@Suite struct PlaceFileTests {
    /// One that is there already stays until its name is typed with an exclamation mark.
    @Test func aFileThatIsThereIsReplacedOnlyWhenAskedFor() throws {
        let sample = try SampleSession()
        let file = sample.folder.appendingPathComponent("mine.json")
        try "mine".write(to: file, atomically: true, encoding: .utf8)
        try sample.type("4e<C-u>mine.json<Enter>")
        #expect(
            sample.session.state.message.contains("there is a file of that name; end the name with ! to replace it"))
        #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
        try sample.type("e<C-u>mine.json!<Enter>")
        #expect(sample.session.state.message.contains("mine.json") && !sample.session.state.message.contains("!"))
        #expect(try String(contentsOf: file, encoding: .utf8).contains("\"learner\""))
        try sample.type("3w<C-u>cohorts.csv<Enter>")
        let cohorts = sample.folder.appendingPathComponent("cohorts.csv")
        #expect(try String(contentsOf: cohorts, encoding: .utf8).contains("rule"))
    }
}
