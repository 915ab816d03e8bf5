/// Where the next policies are looked for: the box of the offline front's parameters, widened by a quarter on every side
/// (METHODS 8.2), as a cube of its own.
package struct SearchBox: Sendable, Equatable, Codable {
    package let low: [Double]
    package let high: [Double]

    /// On either side, of the extent.
    private static let widening = 0.25
    /// A parameter in which the front does not vary gets at least this much.
    private static let leastExtent = 0.1

    /// - Parameter front: places of [0, 1], one per policy, at least one.
    package init(around front: [[Double]]) {
        precondition(!front.isEmpty)
        var (low, high): ([Double], [Double]) = ([], [])
        for axis in front[0].indices {
            let values = front.map { $0[axis] }
            let (least, most) = (values.min() ?? 0, values.max() ?? 1)
            let margin = max(Self.widening * (most - least), (Self.leastExtent - (most - least)) / 2)
            low.append(max(0, least - margin))
            high.append(min(1, most + margin))
        }
        self.low = low
        self.high = high
    }

    private init(low: [Double], high: [Double]) {
        self.low = low
        self.high = high
    }

    /// The least box that holds both: rows of rounds may show the front where the log did not.
    package func joined(_ other: SearchBox) -> SearchBox {
        SearchBox(low: zip(low, other.low).map(min), high: zip(high, other.high).map(max))
    }

    package var dimensions: Int { low.count }

    /// A place of the box's own cube in the cube of all policies.
    package func outer(_ place: [Double]) -> [Double] {
        place.indices.map { low[$0] + (high[$0] - low[$0]) * place[$0] }
    }

    /// And back; places beyond the box lie beyond the cube.
    package func inner(_ place: [Double]) -> [Double] {
        place.indices.map { (place[$0] - low[$0]) / (high[$0] - low[$0]) }
    }
}
