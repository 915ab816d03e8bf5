/// The characters everything is drawn with: Unicode, or ASCII that keeps the meaning.
package enum GlyphSet: String, Sendable, Hashable, Codable {
    case unicode, ascii

    /// Whether plots may use braille dots, 2 x 4 in a cell.
    package var hasBraille: Bool { self == .unicode }

    /// A horizontal bar's last cell, from the least filled to the full one.
    package var barSteps: [Unicode.Scalar] {
        switch self {
        case .unicode: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
        case .ascii: ["=", "#"]
        }
    }

    /// A sparkline's heights, from the lowest to the highest.
    package var sparkSteps: [Unicode.Scalar] {
        switch self {
        case .unicode: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        case .ascii: ["_", ".", "-", "=", "+", "*", "%", "#"]
        }
    }

    /// Parts of one bar that are told apart without colours too.
    package func fill(_ part: Int) -> Unicode.Scalar {
        let fills: [Unicode.Scalar] =
            self == .unicode
            ? ["█", "▓", "▒", "░", "▚", "▤", "▥", "▦", "▧", "▨"] : ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
        return fills[part % fills.count]
    }

    package var trackStart: Unicode.Scalar { self == .unicode ? "├" : "[" }
    package var trackEnd: Unicode.Scalar { self == .unicode ? "┤" : "]" }
    package var trackLine: Unicode.Scalar { self == .unicode ? "─" : "-" }
    /// Where a slider stands.
    package var knob: Unicode.Scalar { self == .unicode ? "▮" : "H" }
    /// The estimate within its interval.
    package var estimate: Unicode.Scalar { self == .unicode ? "●" : "O" }
    package var pinned: Unicode.Scalar { self == .unicode ? "┼" : "+" }

    /// Surely better, and surely worse.
    package var better: Unicode.Scalar { self == .unicode ? "▲" : "^" }
    package var worse: Unicode.Scalar { self == .unicode ? "▼" : "v" }
    /// At the edge of a list that goes on.
    package var more: Unicode.Scalar { self == .unicode ? "⋮" : ":" }
    /// Beside the column that a table is sorted by.
    package var ascending: Unicode.Scalar { self == .unicode ? "⇡" : "/" }
    package var descending: Unicode.Scalar { self == .unicode ? "⇣" : "\\" }
    /// Beside an outcome of which more is better, and one of which less is.
    package var higher: Unicode.Scalar { self == .unicode ? "↑" : "^" }
    package var lower: Unicode.Scalar { self == .unicode ? "↓" : "v" }
    package var leftArrow: Unicode.Scalar { self == .unicode ? "←" : "<" }
    package var rightArrow: Unicode.Scalar { self == .unicode ? "→" : ">" }

    package var check: Unicode.Scalar { self == .unicode ? "✓" : "Y" }
    package var unsure: Unicode.Scalar { "?" }
    package var cross: Unicode.Scalar { self == .unicode ? "✗" : "N" }

    /// The policy at hand on a plot.
    package var here: Unicode.Scalar { self == .unicode ? "◆" : "@" }
    /// Across an axis that does not reach what it is read against.
    package var axisBreak: Unicode.Scalar { self == .unicode ? "≈" : "~" }
    /// A point with the cursor on it.
    package var ring: Unicode.Scalar { self == .unicode ? "○" : "o" }
    /// Where an interval is drawn in whole cells.
    package var heavyHorizontal: Unicode.Scalar { self == .unicode ? "━" : "=" }
    package var heavyVertical: Unicode.Scalar { self == .unicode ? "┃" : "!" }
    package var pick: Unicode.Scalar { self == .unicode ? "●" : "*" }
    package var focus: Unicode.Scalar { self == .unicode ? "▸" : ">" }
    package var ellipsis: Unicode.Scalar { self == .unicode ? "…" : "~" }
    package var separator: Unicode.Scalar { self == .unicode ? "·" : "|" }
    /// Between an estimate and half the width of its interval.
    package var plusMinus: String { self == .unicode ? "±" : "+-" }
    package var times: Unicode.Scalar { self == .unicode ? "×" : "x" }

    /// Before a child that has siblings below it.
    package var treeBranch: String { self == .unicode ? "├─ " : "|- " }
    /// Before the last child.
    package var treeLast: String { self == .unicode ? "└─ " : "`- " }
    /// Below a child that has siblings below it.
    package var treeTrunk: String { self == .unicode ? "│  " : "|  " }
    package var treeBlank: String { "   " }

    /// The line that reaches these sides of its cell.
    package func line(_ ends: LineEnds) -> Unicode.Scalar {
        let unicode: [Unicode.Scalar] = [
            " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
        ]
        let ascii: [Unicode.Scalar] = [
            " ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+",
        ]
        return (self == .unicode ? unicode : ascii)[ends.rawValue & 15]
    }

    package var horizontal: Unicode.Scalar { line([.left, .right]) }
    package var vertical: Unicode.Scalar { line([.up, .down]) }

    /// The sides a line character reaches; none for any other character.
    func lineEnds(of scalar: Unicode.Scalar) -> LineEnds {
        switch scalar {
        case "│", "|": [.up, .down]
        case "─", "-": [.left, .right]
        case "┘": [.up, .left]
        case "┐": [.down, .left]
        case "┤": [.up, .down, .left]
        case "└": [.up, .right]
        case "┌": [.down, .right]
        case "├": [.up, .down, .right]
        case "┴": [.up, .left, .right]
        case "┬": [.down, .left, .right]
        case "┼", "+": [.up, .down, .left, .right]
        default: []
        }
    }
}
