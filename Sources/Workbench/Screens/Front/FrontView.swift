/// How the Front screen is looked at.
package struct FrontView: Sendable, Equatable, Codable {
    /// Whose intervals are drawn.
    package enum Whiskers: String, Sendable, Codable, CaseIterable {
        case focused, front, all, none
    }

    package var whiskers = Whiskers.focused
    /// 1 shows everything, 2 half of each axis, ...
    package var zoom = 1.0
    /// The middle of what is shown, in shares of the whole axes, better being up and right.
    package var middle = Middle(across: 0.5, up: 0.5)
    /// The candidate that the others are measured from.
    package var anchor: Int?
    /// How many candidates were last asked for; the header counts picks against it.
    package var wanted: Int?

    package struct Middle: Sendable, Equatable, Codable {
        package var across: Double
        package var up: Double
    }

    static let greatestZoom = 64.0

    /// Nearer (or farther) by a factor, keeping the middle inside the whole.
    mutating func zoom(by factor: Double, around place: Middle? = nil) {
        zoom = min(max(zoom * factor, 1), Self.greatestZoom)
        if let place { middle = place }
        settle()
    }

    /// By shares of what is shown.
    mutating func pan(across: Double, up: Double) {
        middle.across += across / zoom
        middle.up += up / zoom
        settle()
    }

    private mutating func settle() {
        let reach = 0.5 / zoom
        middle.across = min(max(middle.across, reach), 1 - reach)
        middle.up = min(max(middle.up, reach), 1 - reach)
    }

    /// The part of an axis that is shown.
    func window(_ whole: ClosedRange<Double>, middle: Double) -> ClosedRange<Double> {
        let span = whole.upperBound - whole.lowerBound
        let centre = whole.lowerBound + middle * span
        return (centre - span / (2 * zoom))...(centre + span / (2 * zoom))
    }
}
