/// What a mouse did over a cell.
package struct PointerEvent: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The first button went down.
        case press
        case wheelUp
        case wheelDown
    }

    package let kind: Kind
    /// Column and row, from 0.
    package let x: Int
    package let y: Int

    package init(_ kind: Kind, x: Int, y: Int) {
        self.kind = kind
        self.x = x
        self.y = y
    }
}
