import Policies
import Statistics

/// How likely a policy is to keep every threshold at once, by the joint normal of its paired terms (METHODS section 3).
package enum Feasibility {
    /// Closed form for one threshold, exact for two, by quasi-Monte Carlo for more.
    /// - Returns: nil without thresholds, and for estimators without paired terms.
    /// - Complexity: one pass over the evaluator's units.
    /// - Throws: `EspalierError` (.data) where nothing is known of the policy's cohorts.
    package static func probability(of policy: Policy, evaluator: PolicyEvaluator) throws -> Double? {
        let space = evaluator.space
        let limits = space.outcomes.indices.compactMap { j in space.outcomes[j].limit.map { (outcome: j, rule: $0) } }
        guard !limits.isEmpty, let joint = try evaluator.jointDifferences(of: [policy]) else { return nil }
        let terms = joint.withControls
        // Each margin is s D + w V0 and what is known exactly.
        let parts = limits.map { limit -> (difference: Int, control: Int, weight: Double, rule: LimitRule) in
            let difference = joint.index(policy: 0, outcome: limit.outcome)
            let control = joint.absolute.count + limit.outcome
            let weight = limit.rule.controlWeight(
                terms.values[control], variance: terms.covariance[control, control],
                covariance: terms.covariance[difference, control])
            return (difference, control, weight, limit.rule)
        }
        let means = parts.map { part in
            part.rule.sign * terms.values[part.difference]
                - part.rule.leastDifference(from: terms.values[part.control])
        }
        let covariance = DenseMatrix(rowCount: limits.count, columnCount: limits.count) { row, column in
            let (a, b) = (parts[row], parts[column])
            return a.rule.sign * b.rule.sign * terms.covariance[a.difference, b.difference]
                + a.rule.sign * b.weight * terms.covariance[a.difference, b.control]
                + a.weight * b.rule.sign * terms.covariance[a.control, b.difference]
                + a.weight * b.weight * terms.covariance[a.control, b.control]
        }
        return NormalOrthant.probability(means: means, covariance: covariance)
    }
}
