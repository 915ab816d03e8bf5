/// How many colours may be used.
package enum ColourDepth: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    case mono
    /// The 16 colours the user has chosen for the terminal (or the 8 that an old one has).
    case ansi16 = "16"
    case indexed256 = "256"
    case trueColour = "truecolour"

    /// The depth for a terminal with `terminalColours` colours: what the user asks for, else none if `NO_COLOR` is
    /// set to anything, else what the terminal has; `COLORTERM` says that a 256-colour terminal has more.
    package static func choose(
        terminalColours: Int, environment: [String: String], requested: ColourDepth? = nil
    ) -> ColourDepth {
        if let requested { return requested }
        if environment["NO_COLOR"]?.isEmpty == false { return .mono }
        switch terminalColours {
        case ..<8: return .mono
        case 8..<256: return .ansi16
        case 256...65536:
            let promise = environment["COLORTERM"]
            return promise == "truecolor" || promise == "24bit" ? .trueColour : .indexed256
        default: return .trueColour
        }
    }

    package static func < (left: ColourDepth, right: ColourDepth) -> Bool {
        let order: [ColourDepth] = [.mono, .ansi16, .indexed256, .trueColour]
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}
