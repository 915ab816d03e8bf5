/// Maps values to places on a chart.
struct ChartScale {
    let range: ClosedRange<Double>
    let places: (from: Double, to: Double)

    /// - Parameter values: what must fit; a margin of 6% is added on both sides.
    init(fitting values: [Double], from: Double, to: Double) {
        let finite = values.filter(\.isFinite)
        let low = finite.min() ?? 0
        let high = finite.max() ?? 1
        let margin = high > low ? (high - low) * 0.06 : max(abs(low), 1) * 0.5
        range = (low - margin)...(high + margin)
        places = (from, to)
    }

    func place(_ value: Double) -> Double {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return places.from + share * (places.to - places.from)
    }
}

/// Coordinates as SVG wants them: a tenth of a pixel is enough.
enum Coordinate {
    static func text(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        return tenths == (tenths / 10).rounded() * 10 ? String(Int(tenths / 10)) : String(tenths / 10)
    }

    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
    ) -> Element {
        Element("line", ["x1": text(x1), "y1": text(y1), "x2": text(x2), "y2": text(y2), "class": style])
    }

    static func circle(_ x: Double, _ y: Double, radius: Double, _ style: String) -> Element {
        Element("circle", ["cx": text(x), "cy": text(y), "r": text(radius), "class": style])
    }

    static func label(_ words: String, _ x: Double, _ y: Double, anchor: String = "middle", soft: Bool = true)
        -> Element
    {
        Element(
            "text", ["x": text(x), "y": text(y), "text-anchor": anchor, "class": soft ? "soft" : "strong"], words)
    }
}
