/// Rules and boxes. Where lines meet they join: a rule that ends on another makes a T, one that crosses it a cross.
extension Frame {
    /// A horizontal rule over the columns `from...to`. Draw long rules first, then those that end on them.
    package mutating func horizontalRule(y: Int, from: Int, to: Int, style: Style = .border) {
        let first = max(Rect.clamp(from), -1)
        let last = min(Rect.clamp(to), width)
        guard first <= last else { return }
        for x in first...last {
            let lines: LineEnds = [x > first ? .left : [], x < last ? .right : []]
            join(lines.isEmpty ? [.left, .right] : lines, x: x, y: y, style: style)
        }
    }

    /// A vertical rule over the rows `from...to`. Draw long rules first, then those that end on them.
    package mutating func verticalRule(x: Int, from: Int, to: Int, style: Style = .border) {
        let first = max(Rect.clamp(from), -1)
        let last = min(Rect.clamp(to), height)
        guard first <= last else { return }
        for y in first...last {
            let lines: LineEnds = [y > first ? .up : [], y < last ? .down : []]
            join(lines.isEmpty ? [.up, .down] : lines, x: x, y: y, style: style)
        }
    }

    /// A bordered, blanked rectangle with a title in its upper edge; what is inside the border is returned.
    @discardableResult
    package mutating func box(_ rect: Rect, title: String = "", style: Style = .border, titleStyle: Style = .title)
        -> Rect
    {
        fill(rect)
        guard rect.width >= 2, rect.height >= 2 else { return rect }
        let right = rect.maxX - 1
        let bottom = rect.maxY - 1
        horizontalRule(y: rect.y, from: rect.x, to: right, style: style)
        horizontalRule(y: bottom, from: rect.x, to: right, style: style)
        verticalRule(x: rect.x, from: rect.y, to: bottom, style: style)
        verticalRule(x: right, from: rect.y, to: bottom, style: style)
        let corners: [(x: Int, y: Int, ends: LineEnds)] = [
            (rect.x, rect.y, [.down, .right]), (right, rect.y, [.down, .left]),
            (rect.x, bottom, [.up, .right]), (right, bottom, [.up, .left]),
        ]
        for corner in corners {
            put(Cell(glyphs.line(corner.ends), style), columns: 1, x: corner.x, y: corner.y, in: bounds)
        }
        if !title.isEmpty, rect.width > 6 {
            let edge = Rect(x: rect.x + 2, y: rect.y, width: rect.width - 4, height: 1)
            write(" " + title + " ", in: edge, style: titleStyle)
        }
        return rect.inset(x: 1, y: 1)
    }

    private mutating func join(_ lines: LineEnds, x: Int, y: Int, style: Style) {
        let all = lines.union(glyphs.lineEnds(of: self[x, y].scalar))
        put(Cell(glyphs.line(all), style), columns: 1, x: x, y: y, in: bounds)
    }
}
