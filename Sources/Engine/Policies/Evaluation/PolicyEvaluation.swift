import Statistics

/// Which units an estimate rests on.
package enum EvaluationSplit: String, Sendable, Codable, CaseIterable {
    case tune, confirm, all
}

/// One outcome under a policy; null is "not estimable" (too few matched units, or a control value too near 0).
package struct OutcomeEvaluation: Sendable, Equatable, Codable {
    package let name: String
    /// The same estimator's value of control for everyone.
    package let control: Double?
    package let value: Double?
    package let standardError: Double?
    /// Value minus control.
    package let difference: Estimate?
    /// (V - V0) / |V0|; null when |V0| < 3 SE(V0).
    package let relative: Estimate?
    /// Value minus that of the best single arm.
    package let againstBestArm: Estimate?
    /// Null without a threshold.
    package let limit: LimitVerdict?
    /// Events by arm among the units that the policy is matched on, for arms with fewer than ten: the error is then at least what
    /// the arm's pooled variance makes it (`RareEvents`). Absent where there are no such arms.
    package let fewEvents: [String: Int]?

    package init(
        name: String, control: Double?, value: Double?, standardError: Double?, difference: Estimate?,
        relative: Estimate?, againstBestArm: Estimate?, limit: LimitVerdict?, fewEvents: [String: Int]? = nil
    ) {
        self.fewEvents = fewEvents
        self.name = name
        self.control = control
        self.value = value
        self.standardError = standardError
        self.difference = difference
        self.relative = relative
        self.againstBestArm = againstBestArm
        self.limit = limit
    }

    /// Value minus that of the best single arm in units of |V0|, as if the control value were known: its error, and how that
    /// goes with the difference's, do not enter the interval. Null where control is 0 or there is no such difference.
    package var relativeToBestArm: Estimate? {
        guard let againstBestArm, let control, control != 0 else { return nil }
        return againstBestArm.divided(by: abs(control))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(control, forKey: .control)
        try container.encode(value, forKey: .value)
        try container.encode(standardError, forKey: .standardError)
        try container.encode(difference, forKey: .difference)
        try container.encode(relative, forKey: .relative)
        try container.encode(againstBestArm, forKey: .againstBestArm)
        try container.encode(limit, forKey: .limit)
        try container.encodeIfPresent(fewEvents, forKey: .fewEvents)
    }
}

/// What a policy would have done, by one estimator on one split.
package struct PolicyEvaluation: Sendable, Equatable, Codable {
    package let estimator: String
    package let split: EvaluationSplit
    package let units: Int
    /// (sum v)^2 / sum v^2.
    package let effectiveSampleSize: Double
    /// Below so many the sampling distribution of a mean may be far from normal, and a spread of nothing is mere luck.
    package static let leastEffectiveSample = 30.0
    /// The same holds for each arm that at least this part of the error is expected to come from.
    static let tellingPart = 0.1
    package var restsOnEnough: Bool { effectiveSampleSize >= Self.leastEffectiveSample }
    /// Canonical weights by outcome; empty for an assignment that no linear policy made.
    package let weights: [String: Double]
    /// Canonical biases by arm.
    package let biases: [String: Double]
    /// Share of the units that get each arm.
    package let shares: [String: Double]
    package let outcomes: [OutcomeEvaluation]
    /// The best single arm that the policy is compared with.
    package let bestArm: String

    package init(
        estimator: String, split: EvaluationSplit, units: Int, effectiveSampleSize: Double, weights: [String: Double],
        biases: [String: Double], shares: [String: Double], outcomes: [OutcomeEvaluation], bestArm: String
    ) {
        self.estimator = estimator
        self.split = split
        self.units = units
        self.effectiveSampleSize = effectiveSampleSize
        self.weights = weights
        self.biases = biases
        self.shares = shares
        self.outcomes = outcomes
        self.bestArm = bestArm
    }

    /// The same as the evaluation of a linear policy, where all that was known were the arms it gives.
    package func naming(_ policy: LinearPolicy, in space: PolicySpace) -> PolicyEvaluation {
        PolicyEvaluation(
            estimator: estimator, split: split, units: units, effectiveSampleSize: effectiveSampleSize,
            weights: Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), policy.weights)),
            biases: Dictionary(uniqueKeysWithValues: zip(space.arms, policy.biases)), shares: shares,
            outcomes: outcomes, bestArm: bestArm)
    }

    /// Every outcome's value, oriented so that more is better; minus infinity where not estimable.
    package func orientedValues(in space: PolicySpace) -> [Double] {
        zip(space.outcomes, outcomes).map { $0.sign * ($1.value ?? -.infinity) }
    }

    /// Whether the intervals of two policies' differences from control meet on all of some outcomes.
    package func overlaps(_ other: PolicyEvaluation, on indices: [Int]) -> Bool {
        indices.allSatisfy { j in
            guard let mine = outcomes[j].difference, let theirs = other.outcomes[j].difference else { return false }
            return mine.overlaps(theirs)
        }
    }

    /// The verdict over all limits: the worst of them, nil without limits.
    package var limits: LimitVerdict? {
        LimitVerdict.worst(of: outcomes.map(\.limit))
    }
}
