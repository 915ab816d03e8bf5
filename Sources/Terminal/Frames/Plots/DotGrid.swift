/// Dots finer than cells: 2 x 4 in a cell with braille, one with ASCII. The origin is the lower left dot.
struct DotGrid {
    private struct Mark {
        var dots: UInt8 = 0
        var scalar: Unicode.Scalar
        var style: Style
    }

    let width: Int
    let height: Int
    private let cellWidth: Int
    private let isBraille: Bool
    private var marks: [Int: Mark] = [:]

    /// A grid over `cellWidth` x `cellHeight` cells.
    init(cellWidth: Int, cellHeight: Int, glyphs: GlyphSet) {
        self.cellWidth = max(cellWidth, 0)
        isBraille = glyphs.hasBraille
        width = self.cellWidth * (isBraille ? 2 : 1)
        height = max(cellHeight, 0) * (isBraille ? 4 : 1)
    }

    /// Sets a dot; the last style set in a cell is its style. Without braille, `scalar` is drawn.
    mutating func set(x: Int, y: Int, style: Style, scalar: Unicode.Scalar) {
        guard x >= 0, x < width, y >= 0, y < height else { return }
        let row = height - 1 - y
        let cell = isBraille ? row / 4 * cellWidth + x / 2 : row * cellWidth + x
        var mark = marks[cell] ?? Mark(scalar: scalar, style: style)
        mark.style = style
        mark.scalar = scalar
        if isBraille { mark.dots |= Self.bit(column: x % 2, row: row % 4) }
        marks[cell] = mark
    }

    /// Sets the dots of a line between two dots, both of which must lie in the grid; every other one where it is dotted, and
    /// colons where there is no braille.
    mutating func line(
        from start: (x: Int, y: Int), to end: (x: Int, y: Int), style: Style, isDotted: Bool = false
    ) {
        let dx = end.x - start.x
        let dy = end.y - start.y
        let steps = max(abs(dx), abs(dy))
        let scalar: Unicode.Scalar = isDotted ? ":" : dy == 0 ? "-" : dx == 0 ? "|" : "*"
        for step in 0...max(steps, 1) {
            let fraction = steps == 0 ? 0 : Double(step) / Double(steps)
            let x = start.x + Int((fraction * Double(dx)).rounded())
            let y = start.y + Int((fraction * Double(dy)).rounded())
            // By place, not by step, so that pieces of one line join evenly.
            if isDotted, isBraille, (x + y) % 2 != 0 { continue }
            set(x: x, y: y, style: style, scalar: scalar)
        }
    }

    /// Writes the cells that have dots; the others are left as they are.
    func draw(x: Int, y: Int, in area: Rect, of frame: inout Frame) {
        for (cell, mark) in marks {
            let braille = Unicode.Scalar(0x2800 + UInt32(mark.dots)) ?? mark.scalar
            let scalar = isBraille ? braille : mark.scalar
            frame.put(
                Cell(scalar, mark.style), columns: 1, x: x + cell % cellWidth, y: y + cell / cellWidth, in: area)
        }
    }

    /// Braille numbers its dots down the left column, then down the right, and the bottom row last.
    private static func bit(column: Int, row: Int) -> UInt8 {
        row == 3 ? (column == 0 ? 0x40 : 0x80) : UInt8(1) << (column * 3 + row)
    }
}
