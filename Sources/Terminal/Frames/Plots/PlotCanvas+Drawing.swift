import Texts

extension PlotCanvas {
    /// Draws the plot with its axes into a rectangle. Too small a rectangle (under 12 x 5) gets the dots alone.
    package func draw(in rect: Rect, of frame: inout Frame) {
        let rect = rect.intersection(frame.bounds)
        guard !rect.isEmpty else { return }
        guard rect.width >= 12, rect.height >= 5 else {
            drawLayers(in: rect, of: &frame)
            return
        }
        let titled = y.title.isEmpty ? rect : rect.splitTop(1).rest
        let (upper, bottom) = titled.splitBottom(x.title.isEmpty ? 2 : 3)
        let yTicks = NiceTicks(in: y.range, about: max(upper.height / 3, 1))
        let labels = yTicks.labels(y.format)
        let gutter = min((labels.map(TextWidth.width).max() ?? 0) + 2, rect.width / 2)
        let plot = upper.splitLeft(gutter).rest
        frame.write(y.title, in: rect.row(0), style: .secondary)
        drawFrameLines(plot: plot, of: &frame)
        for (value, label) in zip(yTicks.values, labels) {
            guard let row = row(of: value, in: plot, frame.glyphs) else { continue }
            frame.write(label, in: Rect(x: rect.x, y: row, width: gutter - 2, height: 1), align: .right)
            frame.write(String(frame.glyphs.line([.up, .down, .left])), x: plot.x - 1, y: row, style: .border)
        }
        drawXTicks(plot: plot, below: bottom, of: &frame)
        if !x.title.isEmpty {
            let row = Rect(x: plot.x, y: bottom.maxY - 1, width: plot.width, height: 1)
            frame.write(x.title, in: row, style: .secondary)
        }
        drawGuideTicks(plot: plot, of: &frame)
        drawBreaks(plot: plot, of: &frame)
        drawLayers(in: plot, of: &frame)
    }

    /// Where an axis is not drawn as far as what it is read against.
    private func drawBreaks(plot: Rect, of frame: inout Frame) {
        let mark = String(frame.glyphs.axisBreak)
        if let atStart = x.isBrokenAtStart {
            frame.write(mark, x: atStart ? plot.x : plot.maxX - 1, y: plot.maxY, style: .text.bold)
        }
        if let atStart = y.isBrokenAtStart {
            frame.write(mark, x: plot.x - 1, y: atStart ? plot.maxY - 1 : plot.y, style: .text.bold)
        }
    }

    private func drawFrameLines(plot: Rect, of frame: inout Frame) {
        let glyphs = frame.glyphs
        for y in plot.y..<plot.maxY { frame.write(String(glyphs.vertical), x: plot.x - 1, y: y, style: .border) }
        frame.write(String(glyphs.line([.up, .right])), x: plot.x - 1, y: plot.maxY, style: .border)
        for x in plot.x..<plot.maxX { frame.write(String(glyphs.horizontal), x: x, y: plot.maxY, style: .border) }
    }

    private func drawXTicks(plot: Rect, below bottom: Rect, of frame: inout Frame) {
        let widest = max(
            TextWidth.width(of: NumberText.string(x.range.lowerBound, x.format)),
            TextWidth.width(of: NumberText.string(x.range.upperBound, x.format)))
        let ticks = NiceTicks(in: x.range, about: max(plot.width / (widest + 4), 1))
        let placed = zip(ticks.values, ticks.labels(x.format)).compactMap { value, label in
            column(of: value, in: plot, frame.glyphs).map { ($0, label) }
        }
        var free = bottom.x
        for (column, label) in placed.sorted(by: { $0.0 < $1.0 }) {
            let width = TextWidth.width(of: label)
            let start = min(max(column - width / 2, bottom.x), bottom.maxX - width)
            guard start >= free else { continue }
            frame.write(
                String(frame.glyphs.line([.left, .right, .down])), x: column, y: plot.maxY, style: .border)
            frame.write(label, x: start, y: plot.maxY + 1, in: bottom)
            free = start + width + 1
        }
    }

    private func drawGuideTicks(plot: Rect, of frame: inout Frame) {
        let cross = String(frame.glyphs.line([.up, .down, .left, .right]))
        for layer in layers {
            switch layer {
            case .verticalGuide(let value, let style):
                if let column = column(of: value, in: plot, frame.glyphs) {
                    frame.write(cross, x: column, y: plot.maxY, style: style)
                }
            case .horizontalGuide(let value, let style):
                if let row = row(of: value, in: plot, frame.glyphs) {
                    frame.write(cross, x: plot.x - 1, y: row, style: style)
                }
            default: break
            }
        }
    }

    /// The layers alone, without axes and titles.
    package func drawLayers(in plot: Rect, of frame: inout Frame) {
        var grid = DotGrid(cellWidth: plot.width, cellHeight: plot.height, glyphs: frame.glyphs)
        guard grid.width > 0, grid.height > 0 else { return }
        for layer in layers {
            switch layer {
            case .points(let points, let style, let ascii):
                for point in points where isInside(point) {
                    let dot = dot(of: point, in: grid)
                    grid.set(x: Int(dot.x.rounded()), y: Int(dot.y.rounded()), style: style, scalar: ascii)
                }
            case .line(let points, let style, let isDotted):
                stroke(points.map { dot(of: $0, in: grid) }, style: style, isDotted: isDotted, in: &grid)
            case .staircase(let points, let style, let isDotted):
                stroke(corners(of: points, in: grid), style: style, isDotted: isDotted, in: &grid)
            case .verticalGuide(let value, let style):
                guard let column = column(of: value, in: plot, frame.glyphs) else { continue }
                let line = Rect(x: column, y: plot.y, width: 1, height: plot.height)
                frame.fill(line, style: style, with: frame.glyphs.vertical)
            case .horizontalGuide(let value, let style):
                guard let row = row(of: value, in: plot, frame.glyphs) else { continue }
                let line = Rect(x: plot.x, y: row, width: plot.width, height: 1)
                frame.fill(line, style: style, with: frame.glyphs.horizontal)
            case .label, .whisker: break
            }
        }
        grid.draw(x: plot.x, y: plot.y, in: plot, of: &frame)
        for case .whisker(let point, let across, let up, let style) in layers {
            drawWhisker(point, across, up, style, in: plot, of: &frame)
        }
        drawLabels(in: plot, of: &frame)
    }

    private func drawWhisker(
        _ point: Point, _ across: ClosedRange<Double>, _ up: ClosedRange<Double>, _ style: Style, in plot: Rect,
        of frame: inout Frame
    ) {
        func inside(_ value: Double, _ axis: PlotAxis) -> Double {
            min(max(value, axis.range.lowerBound), axis.range.upperBound)
        }
        let columns = [across.lowerBound, across.upperBound].compactMap {
            column(of: inside($0, x), in: plot, frame.glyphs)
        }
        let rows = [up.lowerBound, up.upperBound].compactMap { row(of: inside($0, y), in: plot, frame.glyphs) }
        if let y = row(of: point.y, in: plot, frame.glyphs), let first = columns.min(), let last = columns.max() {
            let line = Rect(x: first, y: y, width: last - first + 1, height: 1)
            frame.fill(line, style: style, with: frame.glyphs.heavyHorizontal)
        }
        if let x = column(of: point.x, in: plot, frame.glyphs), let first = rows.min(), let last = rows.max() {
            frame.fill(
                Rect(x: x, y: first, width: 1, height: last - first + 1), style: style, with: frame.glyphs.heavyVertical
            )
        }
    }

    private func stroke(
        _ dots: [(x: Double, y: Double)], style: Style, isDotted: Bool = false, in grid: inout DotGrid
    ) {
        for (start, end) in zip(dots, dots.dropFirst()) {
            guard let (from, to) = clip(start, end, width: grid.width, height: grid.height) else { continue }
            grid.line(from: from, to: to, style: style, isDotted: isDotted)
        }
    }

    /// The corners of the staircase in dots, from the left edge to the lower one.
    private func corners(of points: [Point], in grid: DotGrid) -> [(x: Double, y: Double)] {
        var front: [(x: Double, y: Double)] = []
        for dot in points.map({ dot(of: $0, in: grid) }).sorted(by: { ($0.x, $0.y) > ($1.x, $1.y) })
        where dot.y > front.last?.y ?? -.infinity {
            front.append(dot)
        }
        guard let highest = front.last, let rightmost = front.first else { return [] }
        var corners = [(x: min(0, highest.x), y: highest.y)]
        for dot in front.reversed() {
            if let last = corners.last { corners.append((x: last.x, y: dot.y)) }
            corners.append(dot)
        }
        corners.append((x: rightmost.x, y: min(0, rightmost.y)))
        return corners
    }

    func isInside(_ point: Point) -> Bool { x.range.contains(point.x) && y.range.contains(point.y) }

    private func dot(of point: Point, in grid: DotGrid) -> (x: Double, y: Double) {
        (x.position(of: point.x) * Double(grid.width - 1), y.position(of: point.y) * Double(grid.height - 1))
    }

    /// The column of cells that holds the dot of this value.
    func column(of value: Double, in plot: Rect, _ glyphs: GlyphSet) -> Int? {
        guard x.range.contains(value), plot.width > 0 else { return nil }
        let dots = glyphs.hasBraille ? 2 : 1
        return plot.x + Int((x.position(of: value) * Double(plot.width * dots - 1)).rounded()) / dots
    }

    /// The row of cells that holds the dot of this value.
    func row(of value: Double, in plot: Rect, _ glyphs: GlyphSet) -> Int? {
        guard y.range.contains(value), plot.height > 0 else { return nil }
        let dots = glyphs.hasBraille ? 4 : 1
        return plot.maxY - 1 - Int((y.position(of: value) * Double(plot.height * dots - 1)).rounded()) / dots
    }

    /// The part of a line inside the grid (Liang and Barsky 1984), so that a far point costs no more than a near one.
    private func clip(
        _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), width: Int, height: Int
    ) -> (from: (x: Int, y: Int), to: (x: Int, y: Int))? {
        let dx = end.x - start.x
        let dy = end.y - start.y
        guard dx.isFinite, dy.isFinite else { return nil }
        var enter = 0.0
        var leave = 1.0
        let right = Double(width) - 0.5
        let top = Double(height) - 0.5
        for (p, q) in [(-dx, start.x + 0.5), (dx, right - start.x), (-dy, start.y + 0.5), (dy, top - start.y)] {
            if p == 0 {
                guard q >= 0 else { return nil }
            } else if p < 0 {
                enter = max(enter, q / p)
            } else {
                leave = min(leave, q / p)
            }
        }
        guard enter <= leave else { return nil }
        func place(_ t: Double) -> (x: Int, y: Int) {
            (
                min(max(Int((start.x + t * dx).rounded()), 0), width - 1),
                min(max(Int((start.y + t * dy).rounded()), 0), height - 1)
            )
        }
        return (place(enter), place(leave))
    }
}
