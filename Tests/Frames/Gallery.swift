import Frames
import Texts

/// One frame with every widget on it.
enum Gallery {
    static func frame(glyphs: GlyphSet) -> Frame {
        var frame = Frame(width: 80, height: 24, glyphs: glyphs)
        frame.write("gallery   40,000 units", x: 1, y: 0, style: .title.bold)
        frame.horizontalRule(y: 1, from: 0, to: 79)
        frame.horizontalRule(y: 22, from: 0, to: 79)
        frame.verticalRule(x: 36, from: 1, to: 22)
        let body = frame.bounds.splitTop(2).rest.splitBottom(2).rest
        knobs(in: body.splitLeft(36).left.inset(x: 1), of: &frame)
        plot(in: body.splitLeft(37).rest.inset(x: 1), of: &frame)
        frame.write("h/l", x: 1, y: 23, style: .key)
        frame.write("step", x: 5, y: 23, style: .secondary)
        frame.box(Rect(x: 24, y: 12, width: 26, height: 4), title: "help")
        return frame
    }

    private static func knobs(in area: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        let track = SliderTrack(position: 0.6, pinned: 0.2, hasFocus: true).text(width: 14, glyphs: glyphs)
        frame.write(StyledText("\(glyphs.focus) ctr \(glyphs.higher) ", .focus) + track, in: area, row: 0)
        for (row, share) in [0.28, 0.1, 0.49, 0.13].enumerated() {
            let bar = Bar(share * 2, style: .series(row)).text(width: 18, glyphs: glyphs)
            let percent = StyledText(NumberText.percent(share, 0)).padded(to: 5, align: .right)
            frame.write(StyledText("arm \(row) ") + bar + percent, in: area, row: 1 + row)
        }
        frame.write(CentredBar(-0.3, scale: 1).text(width: 31, glyphs: glyphs), in: area, row: 5)
        frame.write(CentredBar(0.6, scale: 1).text(width: 31, glyphs: glyphs), in: area, row: 6)
        let interval = IntervalBar(low: -1, value: 1, high: 3, scale: -4...4)
        frame.write(interval.text(width: 31, glyphs: glyphs), in: area, row: 7)
        let values = (0..<31).map { Double($0 * $0) }
        frame.write(Sparkline(values, highlight: 12).text(width: 31, glyphs: glyphs), in: area, row: 8)
        let marks: [LimitMark] = [.outside, .outside, .unsure, .inside]
        frame.write(Sparkline.marks(marks, width: 31, glyphs: glyphs), in: area, row: 9)
        let rows = (0..<9).map { index in
            [
                StyledText("cohort \(index)"), StyledText(NumberText.signed(Double(index) - 3.5, 1)),
                StyledText("über 漢字"),
            ]
        }
        let table = Table(
            columns: [
                .init("name", width: .flexible(min: 4)), .init("effect", align: .right),
                .init("note", width: .fixed(6)),
            ], rows: rows, selected: 3, offset: 2)
        table.draw(in: area.splitTop(11).rest, of: &frame)
    }

    private static func plot(in area: Rect, of frame: inout Frame) {
        var plot = PlotCanvas(
            x: PlotAxis(-6...12, isReversed: true, title: "disables %, lower is better"),
            y: PlotAxis(0...8, title: "sessions %, higher is better", format: .signed(0)))
        plot.verticalGuide(at: 3)
        plot.points((0..<40).map { .init(Double($0 * 7 % 17) - 5, Double($0 * 5 % 11) / 2) })
        let front: [PlotCanvas.Point] = [.init(-5, 2), .init(-3, 3.6), .init(0.3, 4.9), .init(5, 6.1), .init(9, 6.9)]
        plot.staircase(front)
        for (point, name) in zip(front, ["A", "B", "C", "D", "E"]) { plot.label(name, at: point) }
        plot.mark(frame.glyphs.pick, at: front[2])
        plot.draw(in: area, of: &frame)
    }
}
