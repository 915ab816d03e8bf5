import Runtime
import Statistics

/// The line online = intercept + slope offline through values that both have errors (York 1966; errors by York et al. 2004 at
/// the adjusted points; METHODS 8.3). An ordinary regression takes the offline values for exact and flattens the slope.
package struct YorkLine: Sendable, Equatable {
    package let intercept: Double
    package let slope: Double
    package let interceptError: Double
    package let slopeError: Double
    /// Variance of the online values about the line beyond their errors, so that chi-square is k - 2; 0 where it is below that
    /// without any.
    package let excessVariance: Double
    /// With `excessVariance`.
    package let chiSquare: Double
    package let pointCount: Int

    /// Points that a line takes at least: fewer leave nothing to tell its error by.
    package static let leastPoints = 4
    /// Iterations of the slope for given variances.
    private static let mostSteps = 500

    /// A point with the variances of its errors.
    package struct Point: Sendable, Equatable {
        package let x: Double
        package let xVariance: Double
        package let y: Double
        package let yVariance: Double

        package init(x: Double, xVariance: Double, y: Double, yVariance: Double) {
            self.x = x
            self.xVariance = xVariance
            self.y = y
            self.yVariance = yVariance
        }
    }

    /// - Throws: `EspalierError` (.data): fewer than three points, numbers that are none, a negative variance, points without
    ///   any variance, x the same everywhere.
    package init(_ points: [Point]) throws {
        try Self.check(points)
        let wanted = Double(points.count - 2)
        let plain = Self.fit(points, excess: 0)
        guard plain.chiSquare > wanted else {
            self.init(plain, excess: 0, count: points.count)
            return
        }
        // Chi-square falls as the excess grows: bisection on a bracket that is doubled until it holds the root.
        var (low, high) = (0.0, points.map { $0.xVariance + $0.yVariance }.reduce(0, +) / Double(points.count))
        while Self.fit(points, excess: high).chiSquare > wanted { (low, high) = (high, 2 * high) }
        while true {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if Self.fit(points, excess: middle).chiSquare > wanted { low = middle } else { high = middle }
        }
        self.init(Self.fit(points, excess: high), excess: high, count: points.count)
    }

    /// The line with a given excess variance; 0 is York's own.
    /// - Throws: as the other.
    package init(_ points: [Point], excessVariance: Double) throws {
        precondition(excessVariance >= 0)
        try Self.check(points)
        self.init(Self.fit(points, excess: excessVariance), excess: excessVariance, count: points.count)
    }

    private static func check(_ points: [Point]) throws {
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, remedy: remedy)
        }
        guard points.count >= 3 else {
            throw error("\(points.count) points are too few for a line", "give at least 3; 4 say how sure it is")
        }
        guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            throw error("a value is no number", "give every point an x and a y")
        }
        guard points.allSatisfy({ $0.xVariance >= 0 && $0.yVariance >= 0 && ($0.xVariance + $0.yVariance).isFinite })
        else {
            throw error("a variance is negative or no number", "give variances of the errors, 0 where there are none")
        }
        guard points.allSatisfy({ $0.xVariance + $0.yVariance > 0 }) else {
            throw error("a point has no error at all", "give the variance of its x or of its y")
        }
        guard Set(points.map(\.x)).count > 1 else {
            throw error("every point has the same x", "a line takes points that differ")
        }
    }

    /// The interval of the slope by Student's t with k - 2 degrees of freedom; nil below `leastPoints`.
    package func slopeInterval(level: Double = Confidence.level) -> Interval? {
        guard pointCount >= Self.leastPoints else { return nil }
        let critical = StudentT.quantile(1 - (1 - level) / 2, degreesOfFreedom: Double(pointCount - 2))
        return Interval(estimate: slope, standardError: slopeError, critical: critical)
    }

    private typealias Fit = (
        intercept: Double, slope: Double, interceptError: Double, slopeError: Double, chiSquare: Double
    )

    private init(_ fit: Fit, excess: Double, count: Int) {
        intercept = fit.intercept
        slope = fit.slope
        interceptError = fit.interceptError
        slopeError = fit.slopeError
        excessVariance = excess
        chiSquare = fit.chiSquare
        pointCount = count
    }

    /// - Parameter excess: added to every variance of y.
    private static func fit(_ points: [Point], excess: Double) -> Fit {
        var slope = ordinarySlope(points)
        var weights: [Double] = []
        var (meanX, meanY) = (0.0, 0.0)
        var adjusted: [Double] = []
        for _ in 0..<mostSteps {
            weights = points.map { 1 / ($0.yVariance + excess + slope * slope * $0.xVariance) }
            let total = weights.reduce(0, +)
            meanX = zip(weights, points).reduce(0) { $0 + $1.0 * $1.1.x } / total
            meanY = zip(weights, points).reduce(0) { $0 + $1.0 * $1.1.y } / total
            adjusted = zip(weights, points).map { weight, point in
                weight
                    * ((point.x - meanX) * (point.yVariance + excess) + slope * (point.y - meanY) * point.xVariance)
            }
            var (above, below) = (0.0, 0.0)
            for index in points.indices {
                above += weights[index] * adjusted[index] * (points[index].y - meanY)
                below += weights[index] * adjusted[index] * (points[index].x - meanX)
            }
            let next = below == 0 ? slope : above / below
            let step = abs(next - slope)
            slope = next
            if step <= 1e-15 * max(1, abs(slope)) { break }
        }
        let intercept = meanY - slope * meanX
        let total = weights.reduce(0, +)
        let centre = zip(weights, adjusted).reduce(0) { $0 + $1.0 * ($1.1 + meanX) } / total
        let spread = zip(weights, adjusted).reduce(0) { sum, item in
            let gap = item.1 + meanX - centre
            return sum + item.0 * gap * gap
        }
        let slopeVariance = 1 / spread
        let chiSquare = zip(weights, points).reduce(0) { sum, item in
            let gap = item.1.y - intercept - slope * item.1.x
            return sum + item.0 * gap * gap
        }
        return (
            intercept, slope, (1 / total + centre * centre * slopeVariance).squareRoot(), slopeVariance.squareRoot(),
            chiSquare
        )
    }

    private static func ordinarySlope(_ points: [Point]) -> Double {
        let meanX = points.reduce(0) { $0 + $1.x } / Double(points.count)
        let meanY = points.reduce(0) { $0 + $1.y } / Double(points.count)
        let above = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        return above / points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    }
}
