/// A part of a frame that a mouse can mean: whoever draws it says what it is.
package struct Region: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        /// A tab of the header, from 0.
        case tab(Int)
        /// A row of the screen's list, from 0, whatever has been scrolled past.
        case row(Int)
        /// The track of a slider, by the index of its knob.
        case track(Int)
        /// A key of the last line, by its place in the screen's key table.
        case binding(Int)
    }

    package let rect: Rect
    package let target: Target
}
