/// Weights of a convex combination of predictors by Q-aggregation (Lan & Syrgkanis 2024, "Causal Q-aggregation for CATE
/// model selection"; Lecué & Rigollet 2014): over the simplex, the least
///
///     (1 - nu) L(sum_k theta_k tau_k) + nu sum_k theta_k L(tau_k)
///
/// with L the mean square loss on units that trained none of the predictors. The first term alone is least squares, the second
/// alone picks the best predictor; half of each keeps the regret against the best predictor at log(members)/units.
package enum QAggregation {
    /// nu of the paper.
    package static let linearShare = 0.5
    /// What the slopes of members with weight may differ by, relative to the largest mean square.
    private static let tolerance = 1e-12
    private static let maximumSteps = 100_000

    /// Weights, none negative, of sum 1.
    ///
    /// Weight moves from the member with the steepest slope to that with the lowest, by the exact line search, until no move
    /// helps; it starts from the best single member. Members that coincide keep what they have, the first one first.
    /// - Parameter moments: of at least one member.
    /// - Complexity: O(members) a step.
    package static func weights(_ moments: StackMoments, linearShare nu: Double = linearShare) -> [Double] {
        let count = moments.memberCount
        func product(_ row: Int, _ column: Int) -> Double { moments.products[row * count + column] }
        let squares = (0..<count).map { product($0, $0) }
        let targets = moments.targets
        let best = squares.indices.min { squares[$0] - 2 * targets[$0] < squares[$1] - 2 * targets[$1] } ?? 0
        var weights = squares.indices.map { $0 == best ? 1.0 : 0 }
        var slopes = squares.indices.map { member in
            2 * (1 - nu) * product(member, best) - 2 * targets[member] + nu * squares[member]
        }
        let least = tolerance * (squares.max() ?? 0)
        for _ in 0..<maximumSteps {
            guard let to = slopes.indices.min(by: { slopes[$0] < slopes[$1] }),
                let from = slopes.indices.filter({ weights[$0] > 0 }).max(by: { slopes[$0] < slopes[$1] }),
                slopes[from] - slopes[to] > least
            else { break }
            let curvature = 2 * (1 - nu) * (squares[to] + squares[from] - 2 * product(to, from))
            let gain = slopes[from] - slopes[to]
            let step = curvature * weights[from] > gain ? gain / curvature : weights[from]
            weights[from] = step == weights[from] ? 0 : weights[from] - step
            weights[to] += step
            for member in slopes.indices {
                slopes[member] += 2 * (1 - nu) * step * (product(member, to) - product(member, from))
            }
        }
        return weights
    }
}
