/// The sides of a cell that a line reaches.
package struct LineEnds: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let up = LineEnds(rawValue: 1)
    package static let down = LineEnds(rawValue: 2)
    package static let left = LineEnds(rawValue: 4)
    package static let right = LineEnds(rawValue: 8)
}
