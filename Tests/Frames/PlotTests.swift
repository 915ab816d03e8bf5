import Frames
import Goldens
import Testing
import Texts

@Suite struct PlotTests {
    @Test(arguments: [
        (0.0...10.0, 5, [0.0, 2, 4, 6, 8, 10]), (-1.0...1.0, 4, [-1, -0.5, 0, 0.5, 1]),
        (0.0...1.0, 4, [0, 0.25, 0.5, 0.75, 1]),
        (3.0...3.0, 5, [3]), (0.0...1e-12, 2, [0, 5e-13, 1e-12]), (1e15...(1e15 + 1), 5, []),
        (-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, 5, []),
    ])
    func ticksAreRoundNumbers(range: ClosedRange<Double>, count: Int, expected: [Double]) {
        let ticks = NiceTicks(in: range, about: count).values
        #expect(ticks.count == expected.count)
        for (tick, value) in zip(ticks, expected) { #expect(abs(tick - value) <= 1e-9 * max(abs(value), 1e-9)) }
    }

    @Test func anyDataAndAnyRectangleAreDrawn() {
        let strange = [0, 1, -1, .nan, .infinity, -.infinity, 1e308, -1e308, 1e-300]
        for range in [0...0, 0...1, -1e308...1e308, 1...1.0000000000000002] as [ClosedRange<Double>] {
            var plot = PlotCanvas(x: PlotAxis(range, isReversed: true, title: "x"), y: PlotAxis(range, title: "y"))
            let points = strange.flatMap { x in strange.map { PlotCanvas.Point(x, $0) } }
            plot.points(points)
            plot.line(points)
            plot.steps(points)
            plot.staircase(points)
            for value in strange {
                plot.verticalGuide(at: value)
                plot.horizontalGuide(at: value)
                plot.label("label", at: .init(value, value))
                plot.mark("●", at: .init(value, value))
            }
            for (width, height) in [(0, 0), (1, 1), (11, 4), (12, 5), (60, 20)] {
                for glyphs in [GlyphSet.unicode, .ascii] {
                    var frame = Frame(width: 40, height: 12, glyphs: glyphs)
                    plot.draw(in: Rect(x: 1, y: 1, width: width, height: height), of: &frame)
                    #expect(frame[0, 0] == .blank)
                }
            }
        }
    }

    /// An axis that does not reach what it is read against says so at that end.
    @Test(arguments: [(false, 0.0, true), (false, 30, false), (true, 0, false), (true, 30, true)])
    func anAxisIsBrokenWhereWhatItIsReadAgainstLies(isReversed: Bool, beyond: Double, atStart: Bool) {
        func drawn(_ beyond: Double?) -> [[Character]] {
            var frame = Frame(width: 40, height: 12, glyphs: .unicode)
            var plot = PlotCanvas(
                x: PlotAxis(10...20, isReversed: isReversed, beyond: beyond),
                y: PlotAxis(10...20, isReversed: isReversed, beyond: beyond))
            plot.points([PlotCanvas.Point(15, 15)])
            plot.draw(in: frame.bounds, of: &frame)
            return frame.text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
        }
        let lines = drawn(beyond)
        let marks = lines.enumerated().flatMap { row, line in
            line.indices.filter { line[$0] == "≈" }.map { (row, $0) }
        }
        #expect(marks.count == 2)
        let across = marks.max { $0.0 < $1.0 }
        let up = marks.min { $0.1 < $1.1 }
        #expect(((across?.1 ?? 0) < 20) == atStart)
        #expect(((up?.0 ?? 0) > 5) == atStart)
        #expect(!drawn(15).joined().contains("≈") && !drawn(nil).joined().contains("≈"))
    }

    @Test func rangesCoverTheFiniteValues() {
        #expect(PlotAxis.range(of: [0, 10, .nan]) == -0.5...10.5)
        #expect(PlotAxis.range(of: [2.0]) == 1.5...2.5)
        #expect(PlotAxis.range(of: [] as [Double]) == 0...1)
    }

    @Test func theBoundaryOfWhatIsAttainedIsAStaircase() {
        var frame = Frame(width: 8, height: 4, glyphs: .ascii)
        var plot = PlotCanvas(x: PlotAxis(0...7), y: PlotAxis(0...3))
        // The dominated point (1, 1) must not show.
        plot.staircase([.init(5, 1), .init(1, 1), .init(2, 3)])
        plot.draw(in: frame.bounds, of: &frame)
        #expect(frame.text == "--|\n  |\n  ---|\n     |\n")
    }

    @Test(arguments: [GlyphSet.unicode, .ascii])
    func widgetsLookAsRecorded(glyphs: GlyphSet) throws {
        try GoldenText.check(Gallery.frame(glyphs: glyphs), "gallery-\(glyphs.rawValue)")
    }
}
