import Experiments
import Runtime
import Statistics

/// Off-policy evaluation on one split by one estimator, with everything that does not depend on the policy at hand.
package struct PolicyEvaluator: Sendable {
    package let space: PolicySpace
    package let table: PolicyTable
    package let split: EvaluationSplit
    package let estimator: Estimator
    package let units: Range<Int>
    let workers: Workers
    /// The sums of giving everyone one arm, that arm being its own baseline.
    private let armSums: [PolicySums]
    private let controlScores: [ControlScoreSums]
    /// The direct method has none; neither has SWITCH where its limit leaves nothing of the correction.
    let hasError: Bool

    /// - Throws: `EspalierError` (.data) when the split holds no units.
    /// - Complexity: one pass over the split per arm.
    package init(
        space: PolicySpace, table: PolicyTable, split: EvaluationSplit = .tune, estimator: Estimator = .dr,
        workers: Workers = Workers()
    ) throws {
        self.space = space
        self.split = split
        self.estimator = estimator
        self.workers = workers
        let units =
            switch split {
            case .tune: 0..<table.tuneCount
            case .confirm: table.tuneCount..<table.unitCount
            case .all: 0..<table.unitCount
            }
        guard !units.isEmpty else {
            throw EspalierError(
                .data, "the \(split.rawValue) split holds no units",
                remedy: split == .confirm ? "set splits: confirm above 0 and fit again" : "check splits: in the spec")
        }
        self.units = units
        let limit = estimator.correctionLimit
        self.table = limit == .infinity ? table : table.switching(limit: limit)
        hasError = estimator.correctsSome(of: units, in: table)
        let prepared = self.table
        armSums = (0..<space.armCount).map { arm in
            prepared.sums(
                of: .everyone(arm: arm, in: space), in: space, baseline: arm, units: units, workers: workers)
        }
        controlScores = prepared.controlScores(units: units)
    }

    /// The evaluation of a linear policy against control and against the best single arm for `weights` (the knobs').
    package func evaluate(_ policy: LinearPolicy, weights: [Double]) -> PolicyEvaluation {
        let best = space.bestArm(weights: weights)
        let sums = table.sums(of: policy, in: space, baseline: best, units: units, workers: workers)
        return evaluation(
            of: sums, baseline: best,
            weights: Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), policy.weights)),
            biases: Dictionary(uniqueKeysWithValues: zip(space.arms, policy.biases)))
    }

    /// The evaluation of knobs: that of their canonical policy.
    package func evaluate(_ knobs: PolicyKnobs) -> PolicyEvaluation {
        evaluate(LinearPolicy(knobs, in: space), weights: knobs.weights)
    }

    /// The evaluation of any policy against control and against the best single arm for `weights`.
    package func evaluate(_ policy: Policy, weights: [Double]) -> PolicyEvaluation {
        switch policy {
        case .linear(let linear): evaluate(linear, weights: weights)
        }
    }

    /// The evaluation of whatever gives this split's units, in canonical order, their probabilities over the arms: each
    /// estimator with pi(T|x)/e_T for its weight and sum_i pi_i mu_i for its model.
    package func evaluate(_ probabilities: ArmProbabilities, weights: [Double]) -> PolicyEvaluation {
        let best = space.bestArm(weights: weights)
        let sums = table.sums(
            of: probabilities, limit: estimator.correctionLimit, baseline: best, units: units, workers: workers)
        return evaluation(of: sums, baseline: best, weights: [:], biases: [:])
    }

    /// The moments of every outcome along a line of policies at ascending positions; nil where not estimable.
    package func moments(along policies: [LinearPolicy], at positions: [Double]) -> [ProfilePoint] {
        table.sums(along: policies, at: positions, in: space, units: units, workers: workers).map { sums in
            ProfilePoint(shares: sums.shares, outcomes: space.outcomes.indices.map { moments(of: sums, outcome: $0) })
        }
    }

    /// The moments of every outcome under one policy; nil where not estimable.
    package func moments(of policy: LinearPolicy) -> ProfilePoint {
        let sums = table.sums(of: policy, in: space, baseline: 0, units: units, workers: workers)
        return ProfilePoint(
            shares: sums.shares, outcomes: space.outcomes.indices.map { moments(of: sums, outcome: $0) })
    }

    /// The arm of each unit of the split.
    package func choice(of policy: LinearPolicy) -> [UInt8] {
        table.choice(of: policy, in: space, units: units, workers: workers)
    }

    private func evaluation(
        of sums: PolicySums, baseline: Int, weights: [String: Double], biases: [String: Double]
    ) -> PolicyEvaluation {
        let outcomes = space.outcomes.indices.map { j in
            let outcome = space.outcomes[j]
            let moments = moments(of: sums, outcome: j)
            return OutcomeEvaluation(
                name: outcome.name, control: moments?.control, value: moments?.value,
                standardError: moments?.standardError, difference: moments?.differenceEstimate,
                relative: moments?.relativeEstimate, againstBestArm: againstBaseline(sums, baseline, outcome: j),
                limit: outcome.limit.map { moments?.verdict($0) ?? .outside })
        }
        return PolicyEvaluation(
            estimator: estimator.name, split: split, units: units.count,
            effectiveSampleSize: sums.effectiveSampleSize, weights: weights, biases: biases,
            shares: Dictionary(uniqueKeysWithValues: zip(space.arms, sums.shares)), outcomes: outcomes,
            bestArm: space.arms[baseline])
    }

    private func moments(of sums: PolicySums, outcome j: Int) -> OutcomeMoments? {
        var moments: OutcomeMoments?
        switch estimator {
        case .dr, .dm, .switching: moments = doublyRobust(sums, outcome: j).moments
        case .snips: moments = selfNormalised(sums, against: 0, .control(sums, outcome: j), outcome: j).moments
        case .ips: moments = inversePropensity(sums, against: 0, .control(sums, outcome: j), outcome: j).moments
        }
        moments?.restsOnEnough = sums.effectiveSampleSize >= PolicyEvaluation.leastEffectiveSample
        return moments
    }

    private func againstBaseline(_ sums: PolicySums, _ arm: Int, outcome j: Int) -> Estimate? {
        if arm == 0 { return moments(of: sums, outcome: j)?.differenceEstimate }
        let overlap = Overlap.baseline(sums, outcome: j)
        switch estimator {
        case .dr, .dm, .switching: return doublyRobust(sums, outcome: j).against(armSums[arm].outcome(j))
        case .snips: return selfNormalised(sums, against: arm, overlap, outcome: j).moments?.differenceEstimate
        case .ips: return inversePropensity(sums, against: arm, overlap, outcome: j).moments?.differenceEstimate
        }
    }

    private func doublyRobust(_ sums: PolicySums, outcome j: Int) -> DoublyRobust {
        DoublyRobust(
            sums: sums.outcome(j), units: Double(sums.unitCount), control: controlScores[j],
            centre: space.outcomes[j].centre, scale: space.outcomes[j].scale, hasError: hasError)
    }

    private func selfNormalised(
        _ sums: PolicySums, against arm: Int, _ overlap: Overlap, outcome j: Int
    ) -> SelfNormalised {
        SelfNormalised(
            policy: sums, reference: armSums[arm], overlap: overlap, outcome: j, centre: space.outcomes[j].centre,
            scale: space.outcomes[j].scale)
    }

    private func inversePropensity(
        _ sums: PolicySums, against arm: Int, _ overlap: Overlap, outcome j: Int
    ) -> InversePropensity {
        InversePropensity(
            policy: sums, reference: armSums[arm], overlap: overlap, outcome: j, centre: space.outcomes[j].centre,
            scale: space.outcomes[j].scale)
    }
}
