import Texts

/// Estimates with their intervals about zero, one small drawing a row, all on one scale, and the scale's axis.
struct IntervalChart {
    private let scale: ChartScale
    /// What the numbers are: "sessions", "%".
    private let unit: String
    private static let width = 220.0
    private static let height = 22.0

    /// - Parameter intervals: all that share the scale; zero is always on it.
    init(sharedBy intervals: [(low: Double, high: Double)], unit: String) {
        scale = ChartScale(
            fitting: intervals.flatMap { [$0.low, $0.high] } + [0], from: 4, to: Self.width - 4)
        self.unit = unit
    }

    /// - Parameter subject: what is estimated, for those who do not see it: "cap_low on sessions".
    func row(_ value: Double, low: Double, high: Double, of subject: String) -> Element {
        let middle = Self.height / 2
        let words = "\(ReportText.figure(value)), 95% interval \(ReportText.interval(low, high))"
        return drawing(
            height: Self.height, alternative: "\(subject): \(words), in \(unit)",
            [
                Coordinate.line(scale.place(0), 0, scale.place(0), Self.height, "zero"),
                Coordinate.line(scale.place(low), middle, scale.place(high), middle, "interval"),
                Coordinate.circle(scale.place(value), middle, radius: 4, "dot"),
            ])
    }

    /// The scale with its numbers and unit.
    var axis: Element {
        let ticks = NiceTicks(in: scale.range, about: 3)
        var parts = [Coordinate.line(4, 1, Self.width - 4, 1, "axis")]
        for tick in ticks.values {
            let place = scale.place(tick)
            let isAtEdge = place < 18 || place > Self.width - 18
            parts.append(Coordinate.line(place, 1, place, 5, "axis"))
            guard !isAtEdge || tick == 0 else { continue }
            let label = NumberText.fixed(tick, ticks.decimals)
            parts.append(Coordinate.label(label, min(max(place, 8), Self.width - 8), 17))
        }
        parts.append(Coordinate.label("difference, \(unit)", Self.width / 2, 31))
        return drawing(height: 34, alternative: "axis of the charts above, in \(unit)", parts)
    }

    private func drawing(height: Double, alternative: String, _ parts: [Element]) -> Element {
        Element(
            "svg",
            [
                "viewBox": "0 0 \(Coordinate.text(Self.width)) \(Coordinate.text(height))",
                "width": Coordinate.text(Self.width), "height": Coordinate.text(height), "role": "img",
                "aria-label": alternative,
            ], parts)
    }
}
