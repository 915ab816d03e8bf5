import Policies
import Statistics

/// How likely a policy is to keep every threshold at once, by the joint normal of its paired terms (METHODS section 3).
package enum Feasibility {
    /// Closed form for one threshold, exact for two, by quasi-Monte Carlo for more.
    /// - Returns: nil without thresholds, where one is not estimable, and for estimators without paired terms.
    /// - Complexity: one pass over the evaluator's units.
    package static func probability(of policy: LinearPolicy, evaluator: PolicyEvaluator) -> Double? {
        let space = evaluator.space
        let limits = space.outcomes.indices.compactMap { j in space.outcomes[j].limit.map { (outcome: j, rule: $0) } }
        guard !limits.isEmpty, let joint = evaluator.jointDifferences(of: [policy]) else { return nil }
        var means: [Double] = []
        var errors: [Double] = []
        for limit in limits {
            guard let source = limit.rule.isRelative ? joint.relative : joint.absolute else { return nil }
            let index = joint.index(policy: 0, outcome: limit.outcome)
            means.append(limit.rule.slack(of: source.values[index]))
            errors.append(source.standardError(index))
        }
        let covariance = DenseMatrix(rowCount: limits.count, columnCount: limits.count) { a, b in
            let (first, second) = (limits[a], limits[b])
            let (i, j) = (
                joint.index(policy: 0, outcome: first.outcome), joint.index(policy: 0, outcome: second.outcome)
            )
            // An absolute and a relative threshold have no common scale: they correlate as the differences do.
            let source =
                first.rule.isRelative && second.rule.isRelative ? joint.relative ?? joint.absolute : joint.absolute
            let product = source.standardError(i) * source.standardError(j)
            let correlation = product > 0 ? source.covariance[i, j] / product : (a == b ? 1 : 0)
            return first.rule.sign * second.rule.sign * correlation * errors[a] * errors[b]
        }
        return NormalOrthant.probability(means: means, covariance: covariance)
    }
}
