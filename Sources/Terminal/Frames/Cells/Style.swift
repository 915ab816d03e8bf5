/// How a cell is to be drawn: what it means, and flags that a theme keeps.
package struct Style: Sendable, Hashable {
    /// Emphasis on top of the role.
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let bold = Flags(rawValue: 1)
        package static let reverse = Flags(rawValue: 2)
        package static let underline = Flags(rawValue: 4)
        /// A value that is out of date while its successor is computed.
        package static let dimmed = Flags(rawValue: 8)
    }

    package var role: Role
    package var flags: Flags

    package init(_ role: Role, _ flags: Flags = []) {
        self.role = role
        self.flags = flags
    }

    package var bold: Style { with(.bold) }
    package var reverse: Style { with(.reverse) }
    package var underline: Style { with(.underline) }
    package var dimmed: Style { with(.dimmed) }

    /// The same role with further flags.
    package func with(_ more: Flags) -> Style { Style(role, flags.union(more)) }
}

/// Shorthands, so that a call reads `style: .good.bold`.
extension Style {
    package static let text = Style(.text)
    package static let secondary = Style(.secondary)
    package static let title = Style(.title)
    package static let accent = Style(.accent)
    package static let focus = Style(.focus)
    package static let selection = Style(.selection)
    package static let border = Style(.border)
    package static let good = Style(.good)
    package static let bad = Style(.bad)
    package static let warning = Style(.warning)
    package static let bar = Style(.bar)
    package static let plotPoint = Style(.plotPoint)
    package static let plotFront = Style(.plotFront)
    package static let plotPick = Style(.plotPick)
    package static let plotPinned = Style(.plotPinned)
    package static let limit = Style(.limit)
    package static let status = Style(.status)
    package static let key = Style(.key)
    package static let error = Style(.error)

    /// The style of the outcome at `index`, counted from 0.
    package static func outcome(_ index: Int) -> Style { Style(Role.outcome(index)) }

    /// The style of the arm at `index`, counted from 0.
    package static func series(_ index: Int) -> Style { Style(Role.series(index)) }
}
