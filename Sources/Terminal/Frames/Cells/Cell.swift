import Texts

/// One place on the screen: a printable scalar and its style. A wide character takes a cell and the continuation after.
package struct Cell: Sendable, Hashable {
    package let scalar: Unicode.Scalar
    package var style: Style

    package init(_ scalar: Unicode.Scalar, _ style: Style = .text) {
        self.scalar = scalar
        self.style = style
    }

    /// A space in plain text.
    package static let blank = Cell(" ")

    /// The right half of the wide character in the cell before.
    static func continuation(_ style: Style) -> Cell { Cell("\0", style) }

    package var isContinuation: Bool { scalar == "\0" }
    package var isWide: Bool { TextWidth.width(of: scalar) == 2 }
}
