import Experiments
import Policies
import Statistics

/// How likely a policy is to keep every threshold at once, by the joint normal of its paired terms (METHODS section 3).
package enum Feasibility {
    /// Closed form for one threshold, exact for two, by quasi-Monte Carlo for more.
    /// - Returns: nil without thresholds, where one is not estimable, and for estimators without paired terms.
    /// - Complexity: one pass over the evaluator's units.
    package static func probability(of policy: LinearPolicy, evaluator: PolicyEvaluator) -> Double? {
        let space = evaluator.space
        let limited = space.outcomes.indices.filter { space.outcomes[$0].threshold != nil }
        guard !limited.isEmpty, let joint = evaluator.jointDifferences(of: [policy]) else { return nil }
        var means: [Double] = []
        var errors: [Double] = []
        for j in limited {
            let index = joint.index(policy: 0, outcome: j)
            switch space.outcomes[j].threshold {
            case nil: break
            case .absolute(let least):
                means.append(space.outcomes[j].sign * joint.absolute.values[index] - least)
                errors.append(joint.absolute.standardError(index))
            case .relative(let least):
                guard let relative = joint.relative else { return nil }
                means.append(space.outcomes[j].sign * relative.values[index] - least)
                errors.append(relative.standardError(index))
            }
        }
        func isRelative(_ j: Int) -> Bool { if case .relative = space.outcomes[j].threshold { true } else { false } }
        let covariance = DenseMatrix(rowCount: limited.count, columnCount: limited.count) { a, b in
            let (i, j) = (joint.index(policy: 0, outcome: limited[a]), joint.index(policy: 0, outcome: limited[b]))
            // An absolute and a relative threshold have no common scale: they correlate as the differences do.
            let source =
                isRelative(limited[a]) && isRelative(limited[b]) ? joint.relative ?? joint.absolute : joint.absolute
            let product = source.standardError(i) * source.standardError(j)
            let correlation = product > 0 ? source.covariance[i, j] / product : (a == b ? 1 : 0)
            let signs = space.outcomes[limited[a]].sign * space.outcomes[limited[b]].sign
            return signs * correlation * errors[a] * errors[b]
        }
        return NormalOrthant.probability(means: means, covariance: covariance)
    }
}
