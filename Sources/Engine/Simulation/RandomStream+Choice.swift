import Foundation
import Statistics

extension RandomStream {
    /// An index drawn in proportion to weights that sum to 1.
    mutating func choice(_ weights: [Double]) -> Int {
        var remainder = uniform()
        for (index, weight) in weights.dropLast().enumerated() {
            if remainder < weight { return index }
            remainder -= weight
        }
        return weights.count - 1
    }

    /// A lognormal factor of mean 1: what makes counts vary more than Poisson ones do.
    mutating func frailty(_ sigma: Double) -> Double {
        exp(sigma * normal() - sigma * sigma / 2)
    }
}

/// 1 / (1 + e^-x).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// Half away from zero.
func rounded(_ x: Double, decimals: Int) -> Double {
    let unit = pow(10, Double(decimals))
    return (x * unit).rounded() / unit
}
