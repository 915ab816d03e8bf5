import Effects
import Frames
import Goldens
import Policies
import Testing
import Workbench

/// The Models screen, its job, and what its verdicts set on the Policy screen.
@Suite struct ModelsTests {
    @Test func goldenFramesAndTheStartOfTuning() throws {
        let sample = try SampleSession()
        try sample.type("6")
        try GoldenText.check(sample.frame(), "models-empty")
        let start = sample.session.state.decisions.knobs
        try sample.type("r")
        let state = sample.session.state
        let report = try #require(state.modelReport)
        try GoldenText.check(sample.frame(), "models")
        try GoldenText.check(sample.frame(120, 40), "models-120x40")
        try sample.type("jjlo")
        try GoldenText.check(sample.frame(80, 24, .ascii), "models-ascii")

        // Outcomes without detectable heterogeneity start nearly shrunk; undo gives them back.
        let space = try #require(state.space)
        let knobs = PolicyKnobs.start(in: space, judgedBy: report)
        #expect(state.decisions.knobs == knobs)
        let shrunk = knobs.shrinkage.count { $0 > 0 }
        try sample.type(String(repeating: "u", count: shrunk))
        #expect(sample.session.state.decisions.knobs == start)

        // Knobs that were turned stay as they are, whatever is judged later.
        try sample.type("4l6r")
        let turned = sample.session.state.decisions.knobs
        #expect(turned != start && turned != knobs)
    }
}
