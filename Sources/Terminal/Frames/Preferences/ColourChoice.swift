/// How much colour the user asks for.
package enum ColourChoice: String, Sendable, Hashable, CaseIterable {
    /// As the terminal and the environment say.
    case auto
    /// All the terminal has, whatever `NO_COLOR` says.
    case always
    case never
    case ansi16 = "16"
    case indexed256 = "256"
    case trueColour = "truecolor"

    /// The depth asked for; nil leaves it to the terminal.
    package func depth(terminalColours: Int, environment: [String: String]) -> ColourDepth? {
        switch self {
        case .auto: nil
        case .always:
            ColourDepth.choose(
                terminalColours: terminalColours, environment: environment.filter { $0.key != "NO_COLOR" })
        case .never: .mono
        case .ansi16: .ansi16
        case .indexed256: .indexed256
        case .trueColour: .trueColour
        }
    }
}
