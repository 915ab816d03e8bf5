import CNcurses
import Frames

/// The colour pairs ncurses has been told of, made when first needed.
struct ColourPairs {
    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    /// Colours of the terminal; 0 if it has none.
    let colours: Int
    private let limit: Int
    private let hasDefaults: Bool
    private var numbers: [Pair: Int32] = [:]

    /// For the terminal last opened by `newterm`.
    init() {
        guard has_colors(), start_color() == OK else {
            colours = 0
            limit = 0
            hasDefaults = false
            return
        }
        hasDefaults = use_default_colors() == OK
        colours = Int(nc_colors())
        limit = Int(nc_color_pairs())
    }

    /// The deepest colours the terminal can be told.
    var depth: ColourDepth {
        switch colours {
        case ..<8: .mono
        case 8..<256: .ansi16
        case 256...65536: .indexed256
        default: .trueColour
        }
    }

    /// The pair's number; 0, the terminal's default, when there are no more.
    mutating func number(for appearance: Appearance) -> Int32 {
        let pair = Pair(
            foreground: code(appearance.foreground, otherwise: 7), background: code(appearance.background, otherwise: 0)
        )
        if colours == 0 || pair == Pair(foreground: -1, background: -1) { return 0 }
        if let number = numbers[pair] { return number }
        let number = Int32(numbers.count + 1)
        guard number < limit, init_extended_pair(number, pair.foreground, pair.background) == OK else { return 0 }
        numbers[pair] = number
        return number
    }

    private func code(_ colour: Colour, otherwise substitute: Int32) -> Int32 {
        switch colour {
        case .terminalDefault:
            return hasDefaults ? -1 : substitute
        case .ansi(let index):
            if index < 8 { return Int32(index) }
            if depth == .trueColour { return code(.rgb(RGB(indexed: index)), otherwise: substitute) }
            // Of eight colours the bright ones are the plain ones; bright black would vanish.
            return colours >= 16 ? Int32(index) : index == 8 ? 7 : Int32(index - 8)
        case .indexed(let index):
            if depth == .trueColour { return code(.rgb(RGB(indexed: index)), otherwise: substitute) }
            return colours >= 256 ? Int32(index) : -1
        case .rgb(let rgb):
            return Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
        }
    }
}
