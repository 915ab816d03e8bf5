/// A plot in data space: points, lines, staircases, guides and labels over two axes. Later layers lie on top.
///
/// What is not finite is left out; what lies outside the ranges is clipped.
package struct PlotCanvas: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }

        var isFinite: Bool { x.isFinite && y.isFinite }
    }

    enum Layer: Sendable, Hashable {
        case points([Point], Style, Unicode.Scalar)
        case line([Point], Style, isDotted: Bool)
        case staircase([Point], Style, isDotted: Bool)
        case verticalGuide(Double, Style)
        case horizontalGuide(Double, Style)
        case whisker(Point, across: ClosedRange<Double>, up: ClosedRange<Double>, Style)
        case label(String, Point, Style, centred: Bool)
    }

    package var x: PlotAxis
    package var y: PlotAxis
    private(set) var layers: [Layer] = []

    package init(x: PlotAxis, y: PlotAxis) {
        self.x = x
        self.y = y
    }

    /// Dots; `ascii` is what stands for one where there is no braille.
    package mutating func points(_ points: [Point], style: Style = .plotPoint, ascii: Unicode.Scalar = ".") {
        layers.append(.points(points.filter(\.isFinite), style, ascii))
    }

    /// A line through points in the order given.
    /// - Parameter isDotted: every other dot, to be told from another one without colour.
    package mutating func line(_ points: [Point], style: Style = .plotFront, isDotted: Bool = false) {
        layers.append(.line(points.filter(\.isFinite), style, isDotted: isDotted))
    }

    /// A line that keeps each value until the next point: first along x, then along y.
    package mutating func steps(_ points: [Point], style: Style = .plotFront) {
        let points = points.filter(\.isFinite)
        var corners: [Point] = []
        for point in points {
            if let last = corners.last { corners.append(Point(point.x, last.y)) }
            corners.append(point)
        }
        layers.append(.line(corners, style, isDotted: false))
    }

    /// The boundary of what these points attain, better being up and right: level from the left edge to each point of
    /// the front, down to the next, and from the last down to the lower edge. Points may come in any order.
    /// - Parameter isDotted: every other dot, to be told from another one without colour.
    package mutating func staircase(_ points: [Point], style: Style = .plotFront, isDotted: Bool = false) {
        layers.append(.staircase(points.filter(\.isFinite), style, isDotted: isDotted))
    }

    /// A vertical line at a value of x, behind everything else, and a tick on the axis.
    package mutating func verticalGuide(at value: Double, style: Style = .limit) {
        if value.isFinite { layers.append(.verticalGuide(value, style)) }
    }

    /// A horizontal line at a value of y, behind everything else, and a tick on the axis.
    package mutating func horizontalGuide(at value: Double, style: Style = .limit) {
        if value.isFinite { layers.append(.horizontalGuide(value, style)) }
    }

    /// The intervals of a point as a heavy cross in whole cells, cut at the edges of the plot.
    package mutating func whisker(
        at point: Point, across: ClosedRange<Double>, up: ClosedRange<Double>, style: Style = .accent
    ) {
        if point.isFinite { layers.append(.whisker(point, across: across, up: up, style)) }
    }

    /// Text beside a point, on the side where there is room.
    package mutating func label(_ text: String, at point: Point, style: Style = .text) {
        if point.isFinite { layers.append(.label(text, point, style, centred: false)) }
    }

    /// A mark on the point itself, such as the pick's glyph.
    package mutating func mark(_ scalar: Unicode.Scalar, at point: Point, style: Style = .plotPick) {
        if point.isFinite { layers.append(.label(String(scalar), point, style, centred: true)) }
    }
}
