import Effects
import Statistics

/// The units most like one another by what a pool has learned of them: distances between values of v(x), in standard deviations
/// of each of its dimensions (S2 section 7).
package struct NearestUnits: Sendable {
    private let dimension: Int
    /// Row-major, every dimension divided by its standard deviation.
    private let values: [Float]

    package var count: Int { dimension > 0 ? values.count / dimension : 0 }

    /// - Parameters:
    ///   - embedded: values of v(x), row-major.
    package init(_ embedded: [Float], dimension: Int) {
        self.dimension = dimension
        var spreads = [Moments](repeating: Moments(), count: dimension)
        for (place, value) in embedded.enumerated() { spreads[place % dimension].add(Double(value)) }
        // A dimension that does not vary tells nobody apart.
        let scales = spreads.map { $0.standardDeviation > 0 ? Float(1 / $0.standardDeviation) : 0 }
        values = embedded.enumerated().map { $1 * scales[$0 % dimension] }
    }

    /// The units nearest to one, the nearest first; among equals the first.
    /// - Returns: rows, and root mean squares of the differences.
    /// - Complexity: O(units x dimension).
    package func nearest(to row: Int, count wanted: Int) -> [(row: Int, distance: Double)] {
        let own = values[row * dimension..<(row + 1) * dimension]
        let all = (0..<count).filter { $0 != row }.map { other -> (row: Int, distance: Double) in
            var sum: Float = 0
            for (a, b) in zip(own, values[other * dimension..<(other + 1) * dimension]) { sum += (a - b) * (a - b) }
            return (other, (Double(sum) / Double(dimension)).squareRoot())
        }
        return Array(all.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(wanted))
    }
}
