/// What the square loss of any combination of predictors needs of the units: sums of the products of the members' predictions,
/// and of these with the target. Sums of parts of the units add up.
package struct StackMoments: Sendable, Equatable {
    package let memberCount: Int
    /// sum w tau_k tau_l, at k * members + l.
    package private(set) var products: [Double]
    /// sum w target tau_k.
    package private(set) var targets: [Double]

    package init(memberCount: Int) {
        self.memberCount = memberCount
        products = Array(repeating: 0, count: memberCount * memberCount)
        targets = Array(repeating: 0, count: memberCount)
    }

    /// - Parameters:
    ///   - predictions: one per member.
    ///   - weight: of the unit.
    package mutating func add(_ predictions: [Double], target: Double, weight: Double = 1) {
        for row in 0..<memberCount {
            let weighted = weight * predictions[row]
            targets[row] += weighted * target
            for column in 0..<memberCount { products[row * memberCount + column] += weighted * predictions[column] }
        }
    }

    package mutating func add(_ other: StackMoments) {
        for index in products.indices { products[index] += other.products[index] }
        for index in targets.indices { targets[index] += other.targets[index] }
    }
}
