import Foundation

/// The standard normal distribution.
package enum Normal {
    package static func cumulative(_ z: Double) -> Double {
        0.5 * erfc(-z / 2.squareRoot())
    }

    /// Inverse of `cumulative`: Acklam's rational start, two Halley steps to full double precision.
    package static func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p <= 0 ? -.infinity : .infinity }
        let a = [
            -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
            -3.066479806614716e+01, 2.506628277459239e+00,
        ]
        let b = [
            -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
            -1.328068155288572e+01,
        ]
        let c = [
            -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
            4.374664141464968e+00, 2.938163982698783e+00,
        ]
        let d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00]
        func horner(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
        var x: Double
        if p < 0.02425 || p > 1 - 0.02425 {
            let tail = p < 0.5 ? p : 1 - p
            let q = (-2 * log(tail)).squareRoot()
            x = horner(c, q) / horner(d + [1], q)
            if p > 0.5 { x = -x }
        } else {
            let q = p - 0.5
            let r = q * q
            x = horner(a, r) * q / horner(b + [1], r)
        }
        for _ in 0..<2 {
            let error = cumulative(x) - p
            let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
            x -= step / (1 + x * step / 2)
        }
        return x
    }
}

/// Student's t distribution.
package enum StudentT {
    package static func cumulative(_ t: Double, degreesOfFreedom: Double) -> Double {
        let tail = 0.5 * Incomplete.beta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
        return t > 0 ? 1 - tail : tail
    }

    /// Inverse of `cumulative` by bisection on the tail; infinite degrees of freedom give the normal quantile.
    package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
        guard p > 0, p < 1 else { return p <= 0 ? -.infinity : .infinity }
        guard degreesOfFreedom < 1e7 else { return Normal.quantile(p) }
        if p < 0.5 { return -quantile(1 - p, degreesOfFreedom: degreesOfFreedom) }
        var low = 0.0
        var high = max(1, Normal.quantile(p))
        while cumulative(high, degreesOfFreedom: degreesOfFreedom) < p { high *= 2 }
        for _ in 0..<200 where high - low > 1e-14 * high {
            let middle = (low + high) / 2
            if cumulative(middle, degreesOfFreedom: degreesOfFreedom) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

/// The chi-square distribution.
package enum ChiSquare {
    /// P(X > x): the p-value of a chi-square statistic.
    package static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
        x <= 0 ? 1 : Incomplete.upperGamma(degreesOfFreedom / 2, x / 2)
    }
}

/// Incomplete gamma and beta functions, by series and continued fractions (modified Lentz).
enum Incomplete {
    private static let tiny = 1e-300
    private static let tolerance = 1e-16

    /// The regularised upper incomplete gamma function Q(a, x).
    static func upperGamma(_ a: Double, _ x: Double) -> Double {
        let scale = exp(a * log(x) - x - lgamma(a))
        if x < a + 1 {
            var term = 1 / a
            var sum = term
            var n = a
            while term > sum * tolerance {
                n += 1
                term *= x / n
                sum += term
            }
            return max(0, 1 - scale * sum)
        }
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var h = d
        for i in 1..<10_000 {
            let an = -Double(i) * (Double(i) - a)
            b += 2
            d = 1 / nonzero(an * d + b)
            c = nonzero(b + an / c)
            h *= d * c
            if abs(d * c - 1) < tolerance { break }
        }
        return scale * h
    }

    /// The regularised incomplete beta function I_x(a, b).
    static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2)
            ? front * betaFraction(x, a, b) / a
            : 1 - front * betaFraction(1 - x, b, a) / b
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var h = d
        for i in 1..<10_000 {
            let m = Double(i)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonzero(1 + even * d)
            c = nonzero(1 + even / c)
            h *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonzero(1 + odd * d)
            c = nonzero(1 + odd / c)
            h *= d * c
            if abs(d * c - 1) < tolerance { break }
        }
        return h
    }

    private static func nonzero(_ x: Double) -> Double { abs(x) < tiny ? tiny : x }
}
