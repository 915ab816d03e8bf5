/// Extreme values pulled in to quantiles of the pooled tune units, the same limits for all arms and units (S3; METHODS
/// section 7). It changes what is estimated, so every output says it.
package struct Winsorizing: Sendable, Equatable, Codable {
    package let quantile: Double
    /// In the outcome's own unit.
    package let low: Double
    package let high: Double
    /// Units, of all, whose value was pulled in.
    package let clippedCount: Int

    package init(quantile: Double, low: Double, high: Double, clippedCount: Int) {
        self.quantile = quantile
        self.low = low
        self.high = high
        self.clippedCount = clippedCount
    }

    /// - Parameter values: NaN where none was seen.
    /// - Complexity: O(units log units).
    init(quantile: Double, of values: [Double], tune: Range<Int>) {
        let sorted = values[tune].filter { !$0.isNaN }.sorted()
        let places = Self.places(quantile: quantile, of: sorted.count)
        let low = sorted.isEmpty ? -Double.infinity : sorted[places.low]
        let high = sorted.isEmpty ? Double.infinity : sorted[places.high]
        self.init(quantile: quantile, low: low, high: high, clippedCount: values.count { $0 < low || $0 > high })
    }

    /// Where the limits are among so many values in ascending order: at the nearest value outwards, so that no more than the share asked
    /// for is pulled in.
    package static func places(quantile: Double, of count: Int) -> (low: Int, high: Int) {
        let last = Double(max(0, count - 1))
        return (Int((last * (1 - quantile)).rounded(.down)), Int((last * quantile).rounded(.up)))
    }

    func clipped(_ value: Double) -> Double { min(max(value, low), high) }
}
