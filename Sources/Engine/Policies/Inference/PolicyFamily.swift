/// Several policies on one split, their differences from control in every outcome, and the intervals that hold for all of
/// them at once (METHODS section 3, honest candidates).
package struct PolicyFamily: Sendable, Equatable {
    package let split: EvaluationSplit
    package let differences: JointDifferences
    /// Over policies x outcomes, of the differences.
    package let intervals: SimultaneousIntervals
    /// The same of the relative differences; nil where a control value is too near 0.
    package let relativeIntervals: SimultaneousIntervals?

    /// - Returns: nil for estimators that have no paired terms.
    package init?(_ policies: [LinearPolicy], evaluator: PolicyEvaluator) {
        guard let differences = evaluator.jointDifferences(of: policies) else { return nil }
        self.init(differences, split: evaluator.split)
    }

    /// - Throws: `EspalierError` (.data) where nothing is known of a policy's cohorts.
    package init?(_ policies: [Policy], evaluator: PolicyEvaluator) throws {
        guard let differences = try evaluator.jointDifferences(of: policies) else { return nil }
        self.init(differences, split: evaluator.split)
    }

    package init(_ differences: JointDifferences, split: EvaluationSplit) {
        self.split = split
        self.differences = differences
        intervals = SimultaneousIntervals(differences.absolute)
        relativeIntervals = differences.relative.map { SimultaneousIntervals($0) }
    }

    package func difference(policy: Int, outcome: Int) -> SimultaneousEstimate {
        estimate(differences.absolute, intervals, policy, outcome)
    }

    package func relative(policy: Int, outcome: Int) -> SimultaneousEstimate? {
        guard let relative = differences.relative, let relativeIntervals else { return nil }
        return estimate(relative, relativeIntervals, policy, outcome)
    }

    private func estimate(
        _ estimates: JointEstimates, _ intervals: SimultaneousIntervals, _ policy: Int, _ outcome: Int
    ) -> SimultaneousEstimate {
        let index = differences.index(policy: policy, outcome: outcome)
        return SimultaneousEstimate(
            value: estimates.values[index], standardError: estimates.standardError(index), family: intervals)
    }

    /// Whether two policies cannot be told apart: the paired interval of their difference covers 0 in every outcome.
    package func areAlike(_ a: Int, _ b: Int) -> Bool {
        (0..<differences.outcomeCount).allSatisfy { j in
            let paired = differences.absolute.difference(
                differences.index(policy: a, outcome: j), less: differences.index(policy: b, outcome: j))
            return !paired.excludesZero
        }
    }
}
