/// Finds places for the labels of points, so that no two labels cover each other and none leaves the frame.
struct LabelPlacement {
    private struct Box {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private let frame: Box
    private var taken: [Box] = []
    /// Of a character and of a line, in the chart's units.
    private static let size = (character: 6.6, line: 14.0)

    init(left: Double, right: Double, top: Double, bottom: Double) {
        frame = Box(left: left, right: right, top: top, bottom: bottom)
    }

    /// Keeps labels off a point.
    mutating func avoid(_ x: Double, _ y: Double, reach: Double) {
        taken.append(Box(left: x - reach, right: x + reach, top: y - reach, bottom: y + reach))
    }

    /// Where a label of a point begins (its anchor) and its base line; the nearest free place, right of the point first.
    mutating func place(_ words: String, at x: Double, _ y: Double) -> (x: Double, y: Double, anchor: String) {
        let width = Double(words.count) * Self.size.character
        let steps = [14.0, -7, 4, 27, -20, 40, -33, 53, -46]
        let places = steps.flatMap { [(x + 8, y + $0, "start"), (x - 8, y + $0, "end")] }
        func box(_ place: (Double, Double, String)) -> Box {
            let left = place.2 == "start" ? place.0 : place.0 - width
            return Box(left: left, right: left + width, top: place.1 - Self.size.line + 3, bottom: place.1 + 3)
        }
        func fits(_ own: Box) -> Bool {
            own.left >= frame.left && own.right <= frame.right && own.top >= frame.top && own.bottom <= frame.bottom
        }
        let chosen =
            places.first { place in fits(box(place)) && !taken.contains { $0.meets(box(place)) } }
            ?? places.first { fits(box($0)) } ?? places[0]
        taken.append(box(chosen))
        return chosen
    }
}
