import Experiments
import Runtime

/// A causal forest of one arm against control on one outcome (GRF: Athey, Tibshirani & Wager 2019; METHODS section 1), in
/// the form that predicts and is exported.
///
/// How to run it from its file. A value goes left in a node if it is at most the threshold (numeric), in the set of levels
/// (categorical), or there at all (neither); a missing value goes left if `missingLeft` says so; the right child follows
/// the left one. Each tree leads a unit to a leaf with the means of w, y, w y and w^2 over the leaf's estimating units
/// (w = W - e(x), y = Y - m(x)). With M. their averages over the trees,
///
///     tau(x) = (M_wy - M_w M_y) / (M_ww - M_w^2)
///
/// which is the regression of y on w with weights alpha_i(x) = mean over trees of [i in the leaf of x]/(size of the leaf).
/// Where there are no trees or the denominator is not above 1e-10, tau(x) is `constant`.
package struct CausalForest: Sendable, Equatable, Codable {
    /// In pairs: the trees of one bag follow one another.
    package let trees: [ForestTree]
    /// The average effect by the same residuals, scaled and gross.
    package let constant: ConstantEffect

    /// One effect for everybody with its variance.
    package struct ConstantEffect: Sendable, Equatable, Codable {
        package let effect: Double
        package let variance: Double

        package init(effect: Double, variance: Double) {
            self.effect = effect
            self.variance = variance
        }
    }

    /// - Throws: `EspalierError` (.data) for an odd number of trees.
    package init(trees: [ForestTree], constant: ConstantEffect) throws {
        guard trees.count.isMultiple(of: 2) else {
            throw EspalierError(.data, "a causal forest has an odd number of trees, but bags hold two")
        }
        self.trees = trees
        self.constant = constant
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            trees: container.decode([ForestTree].self, forKey: .trees),
            constant: container.decode(ConstantEffect.self, forKey: .constant))
    }

    /// Whether every rule reads one of so many covariates.
    package func reads(covariateCount: Int) -> Bool {
        trees.allSatisfy { $0.highestCovariate < covariateCount }
    }

    /// A smaller forest of the first bags: what a file can carry. A policy must be evaluated with the forest it carries.
    package func prefix(trees count: Int) throws -> CausalForest {
        try CausalForest(trees: Array(trees.prefix(count - count % 2)), constant: constant)
    }

    /// - Parameters:
    ///   - columns: encoded covariates, one column each, NaN where missing.
    ///   - units: rows of the columns.
    ///   - variances: whether to work out the variances, for about the same time again.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x trees x depth), parallel over units.
    package func predict(
        _ columns: [[Float]], units: [Int], variances: Bool = true, context: RunContext
    ) throws -> ForestPrediction {
        try predict(ForestScoring(trees: trees, columns: columns, isLeftOut: nil), units, variances, context)
    }

    func predict(
        _ scoring: ForestScoring, _ units: [Int], _ variances: Bool, _ context: RunContext
    ) throws -> ForestPrediction {
        let answers = try scoring.map(units, context: context) { chunk in
            chunk.units.indices.map { answer(chunk, $0 - chunk.units.startIndex, variances) }
        }
        return ForestPrediction(
            effects: answers.map { Float($0.effect) }, variances: variances ? answers.map { Float($0.variance) } : [])
    }

    private func answer(_ chunk: ForestScoring.Chunk, _ position: Int, _ variances: Bool) -> ConstantEffect {
        var sums = SIMD4<Double>.zero
        var count = 0.0
        for tree in trees.indices {
            if let lanes = chunk.lanes(tree: tree, position: position) {
                sums += lanes
                count += 1
            }
        }
        guard count > 0 else { return constant }
        let means = sums / count
        let spread = means[3] - means[0] * means[0]
        guard spread > 1e-10 else { return constant }
        let effect = (means[2] - means[0] * means[1]) / spread
        guard variances else { return ConstantEffect(effect: effect, variance: 0) }
        let base = means[1] - effect * means[0]
        /// psi_1 - mean(w) psi_2 of one tree, with psi the moments of residual regression in its leaf.
        func influence(_ lanes: SIMD4<Double>) -> Double {
            let moment = lanes[2] - effect * lanes[3] - base * lanes[0]
            let level = lanes[1] - effect * lanes[0] - base
            return (moment - means[0] * level) / spread
        }
        var bags = LittleBags()
        for bag in 0..<trees.count / 2 {
            if let first = chunk.lanes(tree: 2 * bag, position: position),
                let second = chunk.lanes(tree: 2 * bag + 1, position: position)
            {
                bags.add(influence(first), influence(second))
            }
        }
        return ConstantEffect(effect: effect, variance: bags.bags > 1 ? bags.variance : constant.variance)
    }
}
