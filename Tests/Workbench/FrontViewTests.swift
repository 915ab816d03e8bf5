import Frames
import Testing
import Workbench

@Suite struct FrontViewTests {
    @Test func zoomAndPanStayInsideAndComeBack() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let whole = sample.frame().text
        try sample.type("+++]]]]]]}}}}}}")
        let view = sample.session.state.front.view
        #expect(view.zoom > 1 && (0...1).contains(view.middle.across) && (0...1).contains(view.middle.up))
        try sample.type("---")
        try sample.type("0")
        #expect(sample.session.state.front.view.zoom == 1)
        try sample.type("<Esc>")
        #expect(sample.frame().text.split(separator: "\n").dropLast(2) == whole.split(separator: "\n").dropLast(2))
    }

    /// Right is towards the better on the horizontal axis; left comes nearer to where one came from.
    @Test func arrowsGoFromPointToPoint() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        func across() -> Double? {
            sample.session.state.focused?.tune?.outcomes[1].difference?.value
        }
        let start = try #require(across())
        try sample.type("<Right>")
        let right = try #require(across())
        #expect(right > start)
        try sample.type("<Left>")
        #expect(try #require(across()) < right)
    }

    @Test func theReferencePointIsADecision() throws {
        let sample = try SampleSession()
        try sample.type("5s")
        let before = try #require(sample.session.state.facts.front)
        try sample.type("r<C-u>sessions=0 ctr=0 disables=9<Enter>")
        let moved = try #require(sample.session.state.facts.front)
        #expect(moved.reference["sessions"] == 0 && moved.hypervolume > before.hypervolume)
        try sample.type("u")
        // Measured anew from the candidates' own evaluations, which sum in another order than the search's lines.
        let back = try #require(sample.session.state.facts.front?.hypervolume)
        #expect(abs(back - before.hypervolume) < 1e-6 * before.hypervolume)
        try sample.type("r<C-u>clicks=1<Enter>")
        #expect(sample.session.state.message.contains("no outcome clicks"))
    }

    @Test func aNoteStaysWithItsCandidate() throws {
        let sample = try SampleSession()
        try sample.type("4aninternal favourite<Enter>")
        #expect(sample.session.state.facts.candidates.first?.note == "internal favourite")
        try sample.type("5")
        #expect(sample.frame().text.contains("internal favourite"))
    }
}
