import Statistics

/// What shrinkage alone can make of given canonical weights: the biases b' = sum_j z_j sgn(w'_j) ATE_.j over z >= 0, where
/// alpha_j = z_j / (z_j + |w'_j|) (METHODS section 2; S1 appendix A.1). Outcomes of weight 0 enter with both signs, at alpha 1.
package struct ShrinkageCone: Sendable {
    /// One ray of the cone: an outcome and the sign of the knob weight it stands for.
    struct Ray: Sendable {
        let outcome: Int
        let sign: Double
    }

    let rays: [Ray]
    /// Treated arms x rays: the biases per unit of z.
    let matrix: DenseMatrix
    let weights: [Double]
    private let space: PolicySpace

    /// Which biases can be made where there are two arms.
    package enum Halfline: String, Sendable, Codable {
        case nothing = "0"
        case nonnegative = "0 or more"
        case nonpositive = "0 or less"
        case everything = "any"
    }

    /// - Parameter weights: canonical, w'.
    package init(weights: [Double], in space: PolicySpace) {
        self.weights = weights
        self.space = space
        let rays = weights.enumerated().flatMap { j, weight in
            weight == 0
                ? [Ray(outcome: j, sign: 1), Ray(outcome: j, sign: -1)] : [Ray(outcome: j, sign: weight > 0 ? 1 : -1)]
        }
        self.rays = rays
        matrix = DenseMatrix(rowCount: max(0, space.armCount - 1), columnCount: rays.count) { row, column in
            let ray = rays[column]
            return ray.sign * space.outcomes[ray.outcome].sign * space.averageEffects[row + 1][ray.outcome]
        }
    }

    /// The cone of a two-armed experiment; nil with more arms.
    package var halfline: Halfline? {
        guard space.armCount == 2 else { return nil }
        let rises = matrix.values.contains { $0 > 0 }
        let falls = matrix.values.contains { $0 < 0 }
        return rises ? (falls ? .everything : .nonnegative) : (falls ? .nonpositive : .nothing)
    }

    /// The biases that z makes, control's 0 first.
    func biases(_ z: [Double]) -> [Double] { [0] + matrix * z }

    /// Knobs without biases whose canonical image has the cone's weights and the biases that z makes, with w_0 = 1 unless it
    /// is 0.
    func knobs(_ z: [Double]) -> PolicyKnobs {
        var knobs = PolicyKnobs(
            weights: weights, biases: Array(repeating: 0, count: space.armCount),
            shrinkage: Array(repeating: 0, count: weights.count))
        for (ray, share) in zip(rays, z) where share > 0 {
            let own = weights[ray.outcome]
            knobs.weights[ray.outcome] =
                own == 0 ? knobs.weights[ray.outcome] + ray.sign * share : own + ray.sign * share
            knobs.shrinkage[ray.outcome] = own == 0 ? 1 : share / (share + abs(own))
        }
        let divisor = abs(knobs.weights[0])
        if divisor > 0 { knobs.weights = knobs.weights.map { $0 / divisor } }
        return knobs
    }

    /// Sum of alpha_j squared.
    func cost(_ z: [Double]) -> Double {
        zip(rays, z).reduce(0) { sum, pair in
            let own = abs(weights[pair.0.outcome])
            guard own > 0 else { return sum + (pair.1 > 0 ? 1 : 0) }
            let alpha = pair.1 / (pair.1 + own)
            return sum + alpha * alpha
        }
    }
}
