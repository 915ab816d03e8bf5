import Frames
import Testing

@Suite struct WidgetTests {
    @Test func slidersShowKnobAndPin() {
        let track = SliderTrack(position: 0.5, pinned: 0)
        #expect(track.text(width: 13, glyphs: .unicode).plain == "├┼────▮─────┤")
        #expect(track.text(width: 13, glyphs: .ascii).plain == "[+----H-----]")
        #expect(SliderTrack(position: 9, pinned: 9).text(width: 5, glyphs: .unicode).plain == "├──▮┤")
        #expect(SliderTrack(position: .nan).text(width: 5, glyphs: .unicode).plain == "├───┤")
    }

    @Test(arguments: [
        (0.0, "    "), (1.0, "████"), (0.5, "██  "), (0.53, "██▏ "), (0.001, "▏   "), (0.9999, "███▉"), (-1, "    "),
    ])
    func barsFillToAnEighth(fraction: Double, expected: String) {
        #expect(Bar(fraction).text(width: 4, glyphs: .unicode).plain == expected)
    }

    @Test func barsKeepMeaningInASCII() {
        #expect(Bar(0.6).text(width: 5, glyphs: .ascii).plain == "###  ")
        #expect(Bar(0.5).text(width: 5, glyphs: .ascii).plain == "##=  ")
    }

    @Test func centredBarsGrowBothWays() {
        #expect(CentredBar(1, scale: 2).text(width: 9, glyphs: .unicode).plain == "    │██  ")
        #expect(CentredBar(-1, scale: 2).text(width: 9, glyphs: .unicode).plain == "  ██│    ")
        let part = CentredBar(-1.1, scale: 2).text(width: 9, glyphs: .unicode)
        #expect(part.plain == " ▊██│    ")
        #expect(part.spans[1].style == .bad.reverse)
        #expect(CentredBar(-1.25, scale: 2).text(width: 9, glyphs: .ascii).plain == " =##|    ")
        #expect(CentredBar(.nan, scale: 0).text(width: 3, glyphs: .unicode).plain == " │ ")
    }

    @Test func intervalsShareAScale() {
        func draw(_ low: Double, _ value: Double, _ high: Double) -> String {
            IntervalBar(low: low, value: value, high: high, scale: -5...5).text(width: 11, glyphs: .unicode).plain
        }
        #expect(draw(1, 2, 4) == "     │├●─┤ ")
        #expect(draw(-2, 1, 4) == "   ├─┼●──┤ ")
        #expect(draw(-9, 9, 9) == "←────┼────→")
        #expect(draw(.nan, 1, 2) == "     │●    ")
    }

    @Test func sparklinesFillTheirWidth() {
        #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]).text(width: 8, glyphs: .unicode).plain == "▁▂▃▄▅▆▇█")
        #expect(Sparkline([0, 7]).text(width: 4, glyphs: .unicode).plain == "▁▁██")
        #expect(Sparkline([0, .nan, 1]).text(width: 3, glyphs: .ascii).plain == "_ #")
        #expect(Sparkline([]).text(width: 3, glyphs: .unicode).plain == "   ")
        #expect(Sparkline([2, 2]).text(width: 2, glyphs: .unicode).plain == "▅▅")
        let here = Sparkline([0, 1, 2], highlight: 1).text(width: 3, glyphs: .unicode)
        #expect(here.spans[1].style.flags == .reverse)
        #expect(Sparkline.marks([.outside, .unsure, .inside], width: 6, glyphs: .unicode).plain == "✗✗??✓✓")
    }

    @Test func everyWidgetTakesAnyWidth() {
        for width in [Int.min, -1, 0, 1, 2, 3, 40] {
            for glyphs in [GlyphSet.unicode, .ascii] {
                let expected = min(max(width, 0), Rect.init(x: 0, y: 0, width: width, height: 1).width)
                #expect(Bar(0.3).text(width: width, glyphs: glyphs).width == expected)
                #expect(CentredBar(-0.3, scale: 1).text(width: width, glyphs: glyphs).width == expected)
                let interval = IntervalBar(low: -1, value: 0, high: 1, scale: 0...0)
                #expect(interval.text(width: width, glyphs: glyphs).width == expected)
                #expect(Sparkline([1, 2]).text(width: width, glyphs: glyphs).width == expected)
                #expect(
                    SliderTrack(position: 0.2).text(width: width, glyphs: glyphs).width == (width > 2 ? expected : 0))
            }
        }
    }

    @Test func tablesScrollAndKeepTheSelectionVisible() {
        #expect(Table.offset(0, showing: 9, capacity: 4, count: 10) == 6)
        #expect(Table.offset(8, showing: 2, capacity: 4, count: 10) == 2)
        #expect(Table.offset(3, showing: 4, capacity: 4, count: 10) == 3)
        #expect(Table.offset(3, showing: 4, capacity: 0, count: 10) == 0)
        #expect(Table.offset(3, showing: 99, capacity: 20, count: 10) == 0)
    }
}
