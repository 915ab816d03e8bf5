import Foundation

/// The power of chi-square tests: P(X > x) of the noncentral chi-square distribution, and the noncentrality a power needs.
package enum NoncentralChiSquare {
    /// As the Poisson mixture of central distributions.
    package static func survival(_ x: Double, degreesOfFreedom: Double, noncentrality: Double) -> Double {
        let half = noncentrality / 2
        // Terms within 12 standard deviations of the Poisson mean hold all but 1e-16 of the mixture.
        let reach = 12 * (half + 4).squareRoot()
        let first = max(0, Int((half - reach).rounded(.down)))
        let last = Int((half + reach).rounded(.up))
        return (first...last).reduce(0) { sum, k in
            let weight = half > 0 ? exp(Double(k) * log(half) - half - lgamma(Double(k) + 1)) : (k == 0 ? 1 : 0)
            return sum + weight * ChiSquare.survival(x, degreesOfFreedom: degreesOfFreedom + 2 * Double(k))
        }
    }

    /// The noncentrality at which a test of the given level has the given power.
    package static func noncentrality(degreesOfFreedom: Double, level: Double, power: Double) -> Double {
        let critical = bisect(upTo: degreesOfFreedom + 200) {
            ChiSquare.survival($0, degreesOfFreedom: degreesOfFreedom) < level
        }
        return bisect(upTo: 400) {
            survival(critical, degreesOfFreedom: degreesOfFreedom, noncentrality: $0) > power
        }
    }

    /// Where `isBeyond` turns true between 0 and a bound.
    private static func bisect(upTo bound: Double, _ isBeyond: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, bound)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if isBeyond(middle) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }
}
