/// Estimates with their intervals about zero, one small drawing a row, all on one scale.
struct IntervalChart {
    private let scale: ChartScale
    private static let width = 220.0
    private static let height = 22.0

    /// - Parameter intervals: all that share the scale; zero is always on it.
    init(sharedBy intervals: [(low: Double, high: Double)]) {
        scale = ChartScale(
            fitting: intervals.flatMap { [$0.low, $0.high] } + [0], from: 4, to: Self.width - 4)
    }

    func row(_ value: Double, low: Double, high: Double) -> Element {
        let middle = Self.height / 2
        return Element(
            "svg",
            [
                "viewBox": "0 0 \(Coordinate.text(Self.width)) \(Coordinate.text(Self.height))",
                "width": Coordinate.text(Self.width), "height": Coordinate.text(Self.height), "role": "img",
                "aria-label": "\(ReportText.figure(value)), 95% interval \(ReportText.interval(low, high))",
            ],
            [
                Coordinate.line(scale.place(0), 0, scale.place(0), Self.height, "zero"),
                Coordinate.line(scale.place(low), middle, scale.place(high), middle, "interval"),
                Coordinate.circle(scale.place(value), middle, radius: 4, "dot"),
            ])
    }
}
