/// A measured value and the variance of its error, which is known: what an experiment or an off-policy estimate tells.
package struct NoisyValue: Sendable, Equatable, Codable {
    package let value: Double
    package let variance: Double

    package init(_ value: Double, variance: Double = 0) {
        self.value = value
        self.variance = variance
    }
}
