import Foundation

/// The variance of a forest's prediction by bags of two trees (GRF section 4.1; Sexton & Laake 2009).
///
/// Each tree's influence on tau, averaged within bags, varies between bags by the sampling variance plus half of what two
/// trees of a bag vary between them; the second is estimated from the pairs and taken off.
package struct LittleBags: Sendable {
    package private(set) var bags = 0.0
    private var trees = 0.0
    private var between = 0.0

    package init() {}

    /// - Parameters: the influence rho_b of the two trees of one bag.
    package mutating func add(_ first: Double, _ second: Double) {
        let mean = (first + second) / 2
        bags += 1
        trees += (first * first + second * second) / 2
        between += mean * mean
    }

    /// Never negative: the difference is replaced by its mean under a flat prior on variances that are not (GRF's objective
    /// Bayes correction), which leaves it alone where it is well above its own error. 0 without bags.
    package var variance: Double {
        guard bags > 0 else { return 0 }
        let (between, noise) = (between / bags, max(0, trees - between) / bags)
        let difference = between - noise
        let error = max(between, noise) * (2 / bags).squareRoot()
        guard error > 0 else { return 0 }
        let ratio = difference / error
        let density = exp(-ratio * ratio / 2) / (2 * Double.pi).squareRoot()
        let probability = erfc(-ratio / 2.0.squareRoot()) / 2
        return max(0, difference + error * density / probability)
    }
}
