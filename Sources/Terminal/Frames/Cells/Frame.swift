import Texts

/// What the terminal shows at one moment: a grid of cells. Everything clips; no size and no coordinate traps.
package struct Frame: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// The characters that rules, boxes and ellipses are drawn with; also whether text must be reduced to ASCII.
    package let glyphs: GlyphSet
    /// Row by row, `width * height` of them.
    package private(set) var cells: [Cell]
    /// What a mouse can mean, later ones above earlier ones.
    package private(set) var regions: [Region] = []

    /// A blank frame. Negative sizes count as 0, absurd ones are cut to 4,096 on a side.
    package init(width: Int, height: Int, glyphs: GlyphSet = .unicode) {
        self.width = min(max(width, 0), 4096)
        self.height = min(max(height, 0), 4096)
        self.glyphs = glyphs
        cells = Array(repeating: .blank, count: self.width * self.height)
    }

    package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// The cell at a place, or a blank outside the frame.
    package subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, x < width, y >= 0, y < height else { return .blank }
        return cells[y * width + x]
    }

    /// Writes text from a place on, within `clip`, and returns the column after it.
    @discardableResult
    package mutating func write(
        _ text: String, x: Int, y: Int, style: Style = .text, in clip: Rect? = nil, overflow: Overflow = .cut
    ) -> Int {
        write(StyledText(text, style), x: x, y: y, in: clip, overflow: overflow)
    }

    /// Writes styled text from a place on, within `clip`, and returns the column after it.
    @discardableResult
    package mutating func write(
        _ text: StyledText, x: Int, y: Int, in clip: Rect? = nil, overflow: Overflow = .cut
    ) -> Int {
        let area = clip.map(bounds.intersection) ?? bounds
        var column = Rect.clamp(x)
        let row = Rect.clamp(y)
        var cells = text.cells()
        if overflow == .ellipsis {
            let (kept, cut) = TextWidth.fit(cells.map(\.columns), into: max(area.maxX - column, 0), reserving: 1)
            if cut {
                let style = cells[kept].cell.style
                cells.removeSubrange(kept...)
                cells.append((Cell(glyphs.ellipsis, style), 1))
            }
        }
        for (cell, columns) in cells {
            put(cell, columns: columns, x: column, y: row, in: area)
            column += columns
        }
        return column
    }

    /// Writes text into one row of a rectangle.
    package mutating func write(
        _ text: String, in rect: Rect, row: Int = 0, style: Style = .text, align: Alignment = .left,
        overflow: Overflow = .ellipsis
    ) {
        write(StyledText(text, style), in: rect, row: row, align: align, overflow: overflow)
    }

    /// Writes styled text into one row of a rectangle.
    package mutating func write(
        _ text: StyledText, in rect: Rect, row: Int = 0, align: Alignment = .left, overflow: Overflow = .ellipsis
    ) {
        let line = rect.row(row)
        guard !line.isEmpty else { return }
        let x = line.x + align.offset(of: text.width, in: line.width)
        write(text, x: x, y: line.y, in: line, overflow: overflow)
    }

    /// Says what a mouse means by a part of the frame.
    package mutating func mark(_ target: Region.Target, _ rect: Rect) {
        let area = bounds.intersection(rect)
        if !area.isEmpty { regions.append(Region(rect: area, target: target)) }
    }

    /// Everything marked at a place, the topmost first.
    package func targets(x: Int, y: Int) -> [Region] { regions.reversed().filter { $0.rect.contains(x: x, y: y) } }

    /// Forgets what was marked, as when something is drawn over it all.
    package mutating func unmark() { regions = [] }

    /// Fills a rectangle with one character, a blank unless told.
    package mutating func fill(_ rect: Rect, style: Style = .text, with scalar: Unicode.Scalar = " ") {
        let area = bounds.intersection(rect)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { put(Cell(scalar, style), columns: 1, x: x, y: y, in: area) }
        }
    }

    /// Gives everything in a rectangle another role, as for the row with the focus; flags stay.
    package mutating func apply(_ role: Role, in rect: Rect) {
        restyle(rect) { $0.role = role }
    }

    /// Adds flags to everything in a rectangle, as for values that are out of date.
    package mutating func apply(_ flags: Style.Flags, in rect: Rect) {
        restyle(rect) { $0.flags.formUnion(flags) }
    }

    /// Puts one cell, blanking the other half of any wide character it cuts.
    mutating func put(_ cell: Cell, columns: Int, x: Int, y: Int, in area: Rect) {
        guard area.contains(x: x, y: y), x >= 0, x < width, y >= 0, y < height else { return }
        var cell = cell
        var columns = columns
        if glyphs == .ascii, cell.scalar.value > 0x7E {
            cell = Cell(GlyphSet.asciiEquivalent(of: cell.scalar), cell.style)
            if columns == 2 { put(Cell(" ", cell.style), columns: 1, x: x + 1, y: y, in: area) }
            columns = 1
        }
        if columns == 2, !area.contains(x: x + 1, y: y) {
            cell = Cell(" ", cell.style)
            columns = 1
        }
        separate(x: x, y: y)
        if columns == 2 { separate(x: x + 1, y: y) }
        cells[y * width + x] = cell
        if columns == 2 { cells[y * width + x + 1] = .continuation(cell.style) }
    }

    private mutating func separate(x: Int, y: Int) {
        let index = y * width + x
        if cells[index].isContinuation, x > 0 {
            cells[index - 1] = Cell(" ", cells[index - 1].style)
        }
        if x + 1 < width, cells[index + 1].isContinuation {
            cells[index + 1] = Cell(" ", cells[index + 1].style)
        }
    }

    private mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = bounds.intersection(rect)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { change(&cells[y * width + x].style) }
        }
    }
}
