/// Count, mean and sum of squared deviations of a weighted or plain sample, kept in the stable (Welford) form.
package struct Moments: Sendable, Equatable, Codable {
    package private(set) var count: Int = 0
    package private(set) var mean: Double = 0
    /// Sum of squared deviations from the mean.
    package private(set) var deviations: Double = 0

    package init() {}

    package init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    package mutating func add(_ value: Double) {
        count += 1
        let delta = value - mean
        mean += delta / Double(count)
        deviations += delta * (value - mean)
    }

    /// Joins two samples (Chan, Golub & LeVeque 1979).
    package mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        let total = count + other.count
        let delta = other.mean - mean
        deviations += other.deviations + delta * delta * Double(count) * Double(other.count) / Double(total)
        mean += delta * Double(other.count) / Double(total)
        count = total
    }

    /// The unbiased sample variance; 0 below two values.
    package var variance: Double { count > 1 ? deviations / Double(count - 1) : 0 }
    package var standardDeviation: Double { variance.squareRoot() }
    /// The standard error of the mean.
    package var standardError: Double { count > 0 ? (variance / Double(count)).squareRoot() : 0 }
}
