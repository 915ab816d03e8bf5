/// What every role looks like, at every colour depth.
package struct Theme: Sendable, Hashable {
    /// What lies behind the text.
    package enum Background: String, Sendable, Hashable, Codable {
        case light, dark
        /// Whatever the terminal has.
        case terminal
    }

    /// A colour in each of the depths; where one is `nil` the next lower counts, and at last the terminal's default.
    package struct Ink: Sendable, Hashable {
        package var trueColour: RGB?
        package var indexed256: UInt8?
        package var ansi16: UInt8?

        package static let terminalDefault = Ink()

        /// The colour at one depth.
        package func colour(at depth: ColourDepth) -> Colour {
            switch depth {
            case .mono: .terminalDefault
            case .ansi16: ansi16.map(Colour.ansi) ?? .terminalDefault
            case .indexed256: indexed256.map(Colour.indexed) ?? colour(at: .ansi16)
            case .trueColour: trueColour.map(Colour.rgb) ?? colour(at: .indexed256)
            }
        }
    }

    /// What one role looks like.
    package struct Look: Sendable, Hashable {
        package var foreground = Ink.terminalDefault
        package var background = Ink.terminalDefault
        /// Flags where there is colour.
        package var flags: Style.Flags = []
        /// Flags where there is none.
        package var monoFlags: Style.Flags = []
    }

    package let name: String
    package let background: Background
    /// One for every role.
    package let looks: [Role: Look]

    package init(name: String, background: Background, looks: [Role: Look]) {
        self.name = name
        self.background = background
        self.looks = looks
    }

    /// How a style is drawn at a colour depth.
    package func appearance(of style: Style, at depth: ColourDepth) -> Appearance {
        let look = looks[style.role] ?? looks[.text] ?? Look()
        return Appearance(
            foreground: look.foreground.colour(at: depth),
            background: look.background.colour(at: depth),
            flags: style.flags.union(depth == .mono ? look.monoFlags : look.flags))
    }

    /// No colour at all; for when no theme file can be found.
    package static let plain = Theme(
        name: "plain", background: .terminal,
        looks: [
            .text: Look(),
            .title: Look(flags: .bold, monoFlags: .bold),
            .focus: Look(flags: .reverse, monoFlags: .reverse),
            .selection: Look(flags: .underline, monoFlags: .underline),
            .key: Look(flags: .bold, monoFlags: .bold),
            .error: Look(flags: [.bold, .reverse], monoFlags: [.bold, .reverse]),
        ])
}
