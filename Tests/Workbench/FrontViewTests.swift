import Foundation
import Frames
import Statistics
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

    /// Policies that lie close together and far from control have the plane to themselves.
    @Test func aFrontFarFromControlIsNotSquashedIntoACorner() throws {
        let sample = try SampleSession(title: "far") { folder in
            var stream = RandomStream(seed: 5)
            var text = "id,arm,x,gain,calm\n"
            for unit in 0..<3_000 {
                let arm = stream.index(below: 3)
                let x = stream.normal()
                let (gain, calm) =
                    arm == 0 ? (10.0, 10.0) : arm == 1 ? (30.0 + (x > 0 ? 1 : 0), 30.0) : (30.0, 30.0 + (x > 0 ? 0 : 1))
                text += "\(unit),\(arm),\(x),\(gain + stream.normal()),\(calm + stream.normal())\n"
            }
            try text.write(to: folder.appendingPathComponent("far.csv"), atomically: true, encoding: .utf8)
            let spec = """
                name: far
                data: far.csv
                unit: id
                treatment: {column: arm, control: "0"}
                outcomes:
                  - {name: gain, direction: maximize}
                  - {name: calm, direction: maximize}
                covariates: [x]
                """
            try spec.write(
                to: folder.appendingPathComponent("experiment.yaml"), atomically: true, encoding: .utf8)
        }
        try sample.type("5")
        #expect(!sample.frame(120, 40).text.contains("≈"))
        try sample.type("4llll5s")
        #expect(sample.session.state.visibleCandidates.count > 2)
        #expect(sample.frame(120, 40).text.contains("≈ control 0 is beyond"))
        // Where there is no room for words the mark alone stands there, and `i` says what it means.
        #expect(sample.frame().text.count { $0 == "≈" } == 2)
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
