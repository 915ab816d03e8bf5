/// What a cell means. A theme turns meanings into colours and attributes; code never names a colour.
package enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Ordinary text, and the paper it stands on.
    case text
    /// Text that may be overlooked: units, hints, captions.
    case secondary
    case title
    case accent
    /// The row or knob that has the cursor.
    case focus
    /// Rows the user has marked.
    case selection
    case border
    case good
    case bad
    case warning
    /// A bar that is neither good nor bad.
    case bar
    case plotPoint
    case plotFront
    case plotPick
    case plotPinned
    /// A limit the analyst has set, wherever it is drawn.
    case limit
    case status
    /// A key the user may press, as named in a hint.
    case key
    case error
    // One colour for each arm.
    case series1, series2, series3, series4, series5, series6, series7, series8
    // One colour for each outcome, none of them an arm's or a verdict's.
    case outcome1, outcome2, outcome3, outcome4

    /// The role of the outcome at `index`, counted from 0; the four colours repeat.
    package static func outcome(_ index: Int) -> Role {
        let all: [Role] = [.outcome1, .outcome2, .outcome3, .outcome4]
        return all[((index % all.count) + all.count) % all.count]
    }

    /// The role of the arm at `index`, counted from 0; the eight colours repeat.
    package static func series(_ index: Int) -> Role {
        let all: [Role] = [.series1, .series2, .series3, .series4, .series5, .series6, .series7, .series8]
        return all[((index % all.count) + all.count) % all.count]
    }

    /// The letter that stands for the role in `Frame.roles`.
    package var letter: Character {
        switch self {
        case .text: "t"
        case .secondary: "s"
        case .title: "h"
        case .accent: "a"
        case .focus: "f"
        case .selection: "v"
        case .border: "b"
        case .good: "g"
        case .bad: "x"
        case .warning: "w"
        case .bar: "n"
        case .plotPoint: "p"
        case .plotFront: "r"
        case .plotPick: "c"
        case .plotPinned: "i"
        case .limit: "l"
        case .status: "u"
        case .key: "k"
        case .error: "e"
        case .series1: "1"
        case .series2: "2"
        case .series3: "3"
        case .series4: "4"
        case .series5: "5"
        case .series6: "6"
        case .series7: "7"
        case .series8: "8"
        case .outcome1: "d"
        case .outcome2: "j"
        case .outcome3: "m"
        case .outcome4: "o"
        }
    }

    /// The letter with the shift key held: the role on a cell that carries a flag.
    package var shiftedLetter: Character {
        switch self {
        case .series1: "!"
        case .series2: "@"
        case .series3: "#"
        case .series4: "$"
        case .series5: "%"
        case .series6: "^"
        case .series7: "&"
        case .series8: "*"
        default: Character(letter.uppercased())
        }
    }
}
