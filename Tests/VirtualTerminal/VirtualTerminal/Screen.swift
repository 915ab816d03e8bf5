/// What a virtual terminal shows at one moment.
package struct Screen: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    package struct Cell: Sendable, Hashable {
        /// A colour as the program asked for it.
        package enum Colour: Sendable, Hashable {
            case terminalDefault
            case indexed(UInt8)
            case rgb(UInt8, UInt8, UInt8)
        }

        package var text: String
        /// 1 or 2, and 0 for the right half of a wide character.
        package var width: Int
        package var isBold: Bool
        package var isReverse: Bool
        package var isUnderlined: Bool
        package var foreground: Colour
        package var background: Colour
    }

    package let width: Int
    package let height: Int
    /// Row by row.
    package let cells: [Cell]
    package let cursor: (x: Int, y: Int)

    /// The text of each row, without trailing spaces.
    package var lines: [String] {
        (0..<height).map { y in
            var line = (0..<width).map { cells[y * width + $0].text }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// All rows, each ended by a line feed.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    package var description: String { text }
    package var debugDescription: String { text }

    package func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// The cell where `text` begins in the topmost row that has it.
    package func cell(at text: String) -> Cell? {
        for (y, line) in lines.enumerated() {
            guard let range = line.firstRange(of: text) else { continue }
            var column = 0
            var passed = line.distance(from: line.startIndex, to: range.lowerBound)
            while passed > 0 {
                passed -= cells[y * width + column].text.count
                column += 1
            }
            while cells[y * width + column].width == 0 { column += 1 }
            return cells[y * width + column]
        }
        return nil
    }

    package static func == (left: Screen, right: Screen) -> Bool {
        left.width == right.width && left.cells == right.cells && left.cursor == right.cursor
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(width)
        hasher.combine(cells)
    }
}
