/// The frame as text, for `--frame` and for golden files.
extension Frame {
    /// The characters, a line for each row, without trailing spaces.
    package var text: String { text(trimmed: true) }

    /// The characters, a line for each row; each line ends in a line feed.
    package func text(trimmed: Bool) -> String {
        lines(trimmed: trimmed) { cell in
            cell.isContinuation ? nil : Character(cell.scalar)
        }
    }

    /// The roles, one letter for each column: `Role.letter`, shifted when the cell carries a flag, and a space for a
    /// plain blank.
    package var roles: String {
        lines(trimmed: true) { cell in
            if cell == .blank { return " " }
            return cell.style.flags.isEmpty ? cell.style.role.letter : cell.style.role.shiftedLetter
        }
    }

    /// The attributes of a terminal without colours, one hexadecimal digit for each column (1 bold, 2 reverse, 4 underline,
    /// 8 dim, added up), and a space for none.
    package func attributes(under theme: Theme) -> String {
        lines(trimmed: true) { cell in
            let flags = theme.appearance(of: cell.style, at: .mono).flags.rawValue
            return flags == 0 ? " " : Character(String(flags, radix: 16))
        }
    }

    private func lines(trimmed: Bool, _ character: (Cell) -> Character?) -> String {
        var result = ""
        for y in 0..<height {
            var line: [Character] = []
            for x in 0..<width {
                if let character = character(self[x, y]) { line.append(character) }
            }
            while trimmed, line.last == " " { line.removeLast() }
            result.append(contentsOf: line)
            result.append("\n")
        }
        return result
    }
}
