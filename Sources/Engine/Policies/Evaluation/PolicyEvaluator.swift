import Experiments
import Runtime
import Statistics

/// Off-policy evaluation on one split by one estimator, with everything that does not depend on the policy at hand.
package struct PolicyEvaluator: Sendable {
    package let space: PolicySpace
    package let table: PolicyTable
    package let split: EvaluationSplit
    package let estimator: Estimator
    /// Rows of the table; cells of units where these stay in a warehouse.
    package let units: Range<Int>
    /// How many units these are.
    package let unitCount: Int
    private(set) var workers: Workers
    /// The sums of giving everyone one arm, that arm being its own baseline.
    let armSums: [PolicySums]
    let controlScores: [ControlScoreSums]
    /// nil where units are independent.
    let clusterErrors: ClusterErrors?
    /// By outcome, what variances by units are multiplied by where they are not taken by clusters.
    let designEffects: [Double]
    /// By outcome; nil for those that are not nearly always one value.
    let rareEvents: [RareEvents?]
    /// By outcome, the variance of control's mean over tune where a ratio's R0 was estimated there; nil for other outcomes and where
    /// these are the units at hand.
    let tuneControlVariances: [Double?]
    /// By arm, the critical value of intervals of what a policy gains on it as the best arm: on tune it was chosen by the same units.
    let baselineCriticals: [Double]
    /// 1/e of the units that had each arm, on average.
    let inverseShares: [Double]
    /// The direct method has none; neither has SWITCH where its limit leaves nothing of the correction.
    let hasError: Bool

    /// - Throws: `EspalierError` (.data) when the split holds no units.
    /// - Complexity: one pass over the split per arm.
    package init(
        space: PolicySpace, table: PolicyTable, split: EvaluationSplit = .tune, estimator: Estimator = .dr,
        workers: Workers = Workers()
    ) throws {
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
        guard table.units(in: units) > 0 else {
            throw EspalierError(
                .data, "the \(split.rawValue) split holds no units",
                remedy: "set splits: confirm above 0 and fit again")
        }
        let limit = estimator.correctionLimit
        self.init(
            space: space, prepared: limit == .infinity ? table : table.switching(limit: limit), split: split,
            units: units, hasError: estimator.correctsSome(of: units, in: table), estimator: estimator, workers: workers
        )
    }

    /// The same on other threads.
    package func on(_ workers: Workers) -> PolicyEvaluator {
        var other = self
        other.workers = workers
        return other
    }

    /// The same on the first units of the split only: a random sample of it, since units stand in the order of their hashed ids.
    /// - Parameter count: at least 1.
    /// - Complexity: one pass over the sample per arm.
    package func sampled(_ count: Int) -> PolicyEvaluator {
        PolicyEvaluator(
            space: space, prepared: table, split: split, units: units.prefix(count), hasError: hasError,
            estimator: estimator, workers: workers)
    }

    /// - Parameter prepared: with the corrections that the estimator leaves.
    private init(
        space: PolicySpace, prepared: PolicyTable, split: EvaluationSplit, units: Range<Int>, hasError: Bool,
        estimator: Estimator, workers: Workers
    ) {
        self.space = space
        self.split = split
        self.estimator = estimator
        self.workers = workers
        self.units = units
        self.hasError = hasError
        table = prepared
        let unitCount = prepared.units(in: units)
        self.unitCount = unitCount
        let limit = estimator.correctionLimit
        armSums = (0..<space.armCount).map { arm in
            prepared.sums(
                of: .everyone(arm: arm, in: space), in: space, baseline: arm, units: units, workers: workers)
        }
        let controlScores = prepared.controlScores(units: units)
        self.controlScores = controlScores
        inverseShares = prepared.meanInverse(units: units)
        rareEvents = space.outcomes.indices.map {
            RareEvents(prepared, outcome: $0, estimator: estimator, units: units)
        }
        let clusterErrors = prepared.clusters.map {
            ClusterErrors(
                prepared, runs: ClusterRuns($0, units: units), units: units, limit: limit, workers: workers)
        }
        self.clusterErrors = clusterErrors
        let arms = armSums
        let effects = space.outcomes.indices.map { j in
            clusterErrors?.designEffect(arms, controlScores[j], estimator, outcome: j, in: space) ?? 1
        }
        designEffects = effects
        tuneControlVariances = space.outcomes.indices.map { j in
            guard space.outcomes[j].denominators != nil, split != .tune else { return nil }
            let scale = space.outcomes[j].scale
            return scale * scale * effects[j]
                * prepared.controlScores(units: 0..<prepared.tuneCount)[j].variance(
                    of: prepared.units(in: 0..<prepared.tuneCount))
        }
        baselineCriticals = space.arms.indices.map { arm in
            split == .confirm
                ? Confidence.critical
                : SelectedArm.critical(arm, armSums: arms, unitCount: unitCount, designEffects: effects)
        }
    }

    /// The evaluation of a linear policy against control and against the best single arm for `weights` (the knobs').
    package func evaluate(_ policy: LinearPolicy, weights: [Double]) -> PolicyEvaluation {
        let best = space.bestArm(weights: weights)
        let sums = table.sums(of: policy, in: space, baseline: best, units: units, workers: workers)
        return evaluation(
            of: sums, errorParts(sums.shares) { probabilities(of: policy) }, baseline: best,
            weights: Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), policy.weights)),
            biases: Dictionary(uniqueKeysWithValues: zip(space.arms, policy.biases)))
    }

    /// The evaluation of knobs: that of their canonical policy.
    package func evaluate(_ knobs: PolicyKnobs) -> PolicyEvaluation {
        evaluate(LinearPolicy(knobs, in: space), weights: knobs.weights)
    }

    /// The evaluation of any policy against control and against the best single arm for `weights`.
    /// - Throws: `EspalierError` (.data) where nothing is known of its cohorts.
    package func evaluate(_ policy: Policy, weights: [Double]) throws -> PolicyEvaluation {
        switch policy {
        case .linear(let linear): evaluate(linear, weights: weights)
        case .cohort, .ranking: evaluate(try probabilities(of: policy), weights: weights)
        }
    }

    /// The probabilities of the arms for each unit of the split.
    /// - Throws: as `evaluate`.
    package func probabilities(of policy: Policy) throws -> ArmProbabilities {
        try policy.probabilities(in: table, space, units: units, workers: workers)
    }

    /// The arm that each unit of the split gets; units of split cohorts draw theirs.
    /// - Throws: as `evaluate`.
    package func choice(of policy: Policy) throws -> [UInt8] {
        try policy.choice(in: table, space, units: units, workers: workers)
    }

    /// The evaluation of whatever gives this split's units, in canonical order, their probabilities over the arms: each
    /// estimator with pi(T|x)/e_T for its weight and sum_i pi_i mu_i for its model.
    package func evaluate(_ probabilities: ArmProbabilities, weights: [Double]) -> PolicyEvaluation {
        let best = space.bestArm(weights: weights)
        let sums = table.sums(
            of: probabilities, limit: estimator.correctionLimit, baseline: best, units: units, workers: workers)
        return evaluation(
            of: sums, errorParts(sums.shares) { probabilities }, baseline: best, weights: [:], biases: [:])
    }

    /// The moments of every outcome along a line of policies at ascending positions; nil where not estimable. Their errors are by the
    /// largest design effect of any arm where units come in clusters, and know nothing of the policy's few events.
    package func moments(along policies: [LinearPolicy], at positions: [Double]) -> [ProfilePoint] {
        table.sums(along: policies, at: positions, in: space, units: units, workers: workers).map(point(of:))
    }

    /// The moments of every outcome under one policy; nil where not estimable.
    package func moments(of policy: LinearPolicy) -> ProfilePoint { moments(of: [policy])[0] }

    /// The same of many policies, for which the units are read from memory once.
    package func moments(of policies: [LinearPolicy]) -> [ProfilePoint] {
        table.sums(of: policies, in: space, baseline: 0, units: units, workers: workers).map(point(of:))
    }

    private func point(of sums: PolicySums) -> ProfilePoint {
        ProfilePoint(shares: sums.shares, outcomes: space.outcomes.indices.map { moments(of: sums, outcome: $0) })
    }

    /// The arm of each unit of the split.
    package func choice(of policy: LinearPolicy) -> [UInt8] {
        table.choice(of: policy, in: space, units: units, workers: workers)
    }

    private func evaluation(
        of sums: PolicySums, _ parts: ErrorParts, baseline: Int, weights: [String: Double], biases: [String: Double]
    ) -> PolicyEvaluation {
        let outcomes = space.outcomes.indices.map { j in
            let outcome = space.outcomes[j]
            let moments = moments(of: sums, parts, outcome: j)
            return OutcomeEvaluation(
                name: outcome.name, control: moments?.control, value: moments?.value,
                standardError: moments?.standardError, difference: moments?.differenceEstimate,
                relative: moments?.relativeEstimate, againstBestArm: againstBaseline(sums, parts, baseline, outcome: j),
                limit: outcome.limit.map { moments?.verdict($0) ?? .outside },
                fewEvents: parts.fewEvents(outcome: j, arms: space.arms))
        }
        return PolicyEvaluation(
            estimator: estimator.name, split: split, units: unitCount,
            effectiveSampleSize: sums.effectiveSampleSize, weights: weights, biases: biases,
            shares: Dictionary(uniqueKeysWithValues: zip(space.arms, sums.shares)), outcomes: outcomes,
            bestArm: space.arms[baseline])
    }
}
