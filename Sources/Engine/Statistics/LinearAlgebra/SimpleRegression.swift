/// The least-squares line through points (x, y), with the heteroskedasticity-robust error of its slope.
///
/// HC3 (MacKinnon & White 1985) divides every residual by one minus its leverage, so that a few units far out in x, which
/// pull the line to themselves, do not look precise: the error to trust in samples of a few hundred.
package struct SimpleRegression: Sendable, Equatable {
    package let count: Int
    package let meanX: Double
    package let meanY: Double
    /// Sum of (x - mean x)^2.
    package let spread: Double
    package let slope: Double
    package let slopeError: Double

    /// - Returns: nil for fewer than 3 points, where x does not vary, or where one point alone decides the slope.
    /// - Complexity: O(points).
    package init?(x: [Double], y: [Double]) {
        precondition(x.count == y.count)
        guard x.count > 2 else { return nil }
        let n = Double(x.count)
        var (sumX, sumY) = (0.0, 0.0)
        for (x, y) in zip(x, y) {
            sumX += x
            sumY += y
        }
        let (meanX, meanY) = (sumX / n, sumY / n)
        var (squares, products, largest) = (0.0, 0.0, 0.0)
        for (x, y) in zip(x, y) {
            let deviation = x - meanX
            squares += deviation * deviation
            products += deviation * (y - meanY)
            largest = max(largest, abs(x))
        }
        // Differences below what storage in Float32 resolves are no variation.
        guard squares.isFinite, squares > 1e-12 * n * largest * largest else { return nil }
        let slope = products / squares
        var meat = 0.0
        for (x, y) in zip(x, y) {
            let deviation = x - meanX
            let leverage = 1 / n + deviation * deviation / squares
            guard leverage < 1 - 1e-9 else { return nil }
            let score = deviation * (y - meanY - slope * deviation) / (1 - leverage)
            meat += score * score
        }
        count = x.count
        self.meanX = meanX
        self.meanY = meanY
        spread = squares
        self.slope = slope
        slopeError = meat.squareRoot() / squares
    }
}
