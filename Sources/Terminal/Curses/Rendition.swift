/// How a terminal draws what is printed next: ECMA-48's graphic rendition, as far as ncurses uses it.
struct Rendition: Equatable {
    /// SGR codes 1 to 9 that are on, as bits.
    private(set) var attributes: UInt16 = 0
    /// SGR parameters, such as 31 or 38;5;74; empty is the terminal's own colour.
    private(set) var foreground = ""
    private(set) var background = ""

    /// Takes in the parameters of one SGR sequence.
    /// - Returns: false where one of them is not known here; the rendition is then no longer certain.
    mutating func apply(_ parameters: Substring) -> Bool {
        var rest = parameters.split(separator: ";", omittingEmptySubsequences: false)[...]
        while let first = rest.popFirst() {
            switch Int(first) {
            case nil where first.isEmpty, 0: self = Rendition()
            case let code? where 1...9 ~= code: attributes |= 1 << UInt16(code)
            case 22: attributes &= ~0b110
            case let code? where 23...29 ~= code: attributes &= ~(1 << UInt16(code - 20))
            case let code? where 30...37 ~= code || 90...97 ~= code: foreground = String(first)
            case let code? where 40...47 ~= code || 100...107 ~= code: background = String(first)
            case 39: foreground = ""
            case 49: background = ""
            case 38, 48:
                // 5 and an index, or 2 and three parts.
                guard let count = rest.first == "5" ? 2 : rest.first == "2" ? 4 : nil, rest.count >= count else {
                    return false
                }
                let colour = ([first] + rest.prefix(count)).joined(separator: ";")
                rest = rest.dropFirst(count)
                if first == "38" { foreground = colour } else { background = colour }
            default: return false
            }
        }
        return true
    }

    /// The fewest SGR parameters that lead here from another rendition: the difference, or a reset and everything anew.
    func parameters(from other: Rendition) -> String {
        var afresh = ["0"]
        var difference: [String] = []
        for code in 1...9 {
            let bit: UInt16 = 1 << UInt16(code)
            if attributes & bit != 0 { afresh.append("\(code)") }
        }
        let gone = other.attributes & ~attributes
        // Bold and dim have one code to end them both.
        var kept = other.attributes
        if gone & 0b110 != 0 {
            difference.append("22")
            kept &= ~0b110
        }
        for code in 3...9 where gone & (1 << UInt16(code)) != 0 { difference.append("\(20 + code)") }
        for code in 1...9 where attributes & ~kept & (1 << UInt16(code)) != 0 { difference.append("\(code)") }
        for (colour, before, none) in [(foreground, other.foreground, "39"), (background, other.background, "49")] {
            if !colour.isEmpty { afresh.append(colour) }
            if colour != before { difference.append(colour.isEmpty ? none : colour) }
        }
        let ways = [difference, afresh].map { $0.joined(separator: ";") }
        let shorter = ways[0].count <= ways[1].count ? ways[0] : ways[1]
        return shorter == "0" ? "" : shorter
    }
}
