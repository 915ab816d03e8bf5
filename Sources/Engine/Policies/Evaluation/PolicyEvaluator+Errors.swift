import Experiments
import Runtime
import Statistics

extension PolicyEvaluator {
    /// What the errors of one policy need beside its sums over units.
    struct ErrorParts {
        var clusters: ClusterSums?
        /// By outcome.
        var floors: [RareEvents.Floor?] = []

        /// The arms with fewer than ten events among the units they are matched on; nil without any.
        func fewEvents(outcome: Int, arms: [String]) -> [String: Int]? {
            guard floors.indices.contains(outcome), let floor = floors[outcome] else { return nil }
            let few = zip(arms, floor.events).compactMap { arm, events in
                events.flatMap { $0 < RareEvents.fewest ? (arm, $0) : nil }
            }
            return few.isEmpty ? nil : Dictionary(uniqueKeysWithValues: few)
        }
    }

    /// - Parameter given: asked for only where something is needed.
    func errorParts(_ shares: [Double], given: () -> ArmProbabilities) -> ErrorParts {
        let asked = rareEvents.map { $0.flatMap { $0.areMany(shares: shares) ? nil : $0 } }
        guard clusterErrors != nil || asked.contains(where: { $0 != nil }) else { return ErrorParts() }
        let given = given()
        return ErrorParts(
            clusters: clusterErrors.map {
                table.clusterSums(
                    of: given, limit: estimator.correctionLimit, units: units, runs: $0.runs, workers: workers)
            }, floors: asked.map { $0?.floor(table, given: given, units: units) })
    }

    func probabilities(of policy: LinearPolicy) -> ArmProbabilities {
        ArmProbabilities(assignment: choice(of: policy), armCount: space.armCount)
    }

    /// An outcome's moments by units, as if they were independent and R0 known.
    private func momentsByUnits(of sums: PolicySums, outcome j: Int) -> OutcomeMoments? {
        switch estimator {
        case .dr, .dm, .switching: doublyRobust(sums, outcome: j).moments
        case .snips: selfNormalised(sums, against: 0, .control(sums, outcome: j), outcome: j).moments
        case .ips: inversePropensity(sums, against: 0, .control(sums, outcome: j), outcome: j).moments
        }
    }

    func moments(of sums: PolicySums, _ parts: ErrorParts = ErrorParts(), outcome j: Int) -> OutcomeMoments? {
        guard var moments = momentsByUnits(of: sums, outcome: j) else { return nil }
        if let clusterErrors, let own = parts.clusters {
            let value = influence(clusterErrors, own, sums, outcome: j)
            let control = influence(clusterErrors, clusterErrors.arm(0), armSums[0], outcome: j)
            let difference = zip(value, control).map { $0 - $1 }
            moments = moments.with(
                value: clusterErrors.variance(value), control: clusterErrors.variance(control),
                difference: clusterErrors.variance(difference),
                differenceControlCovariance: clusterErrors.covariance(difference, control))
        } else if clusterErrors != nil {
            moments = moments.multiplied(by: designEffects[j])
        }
        if let denominators = space.outcomes[j].denominators {
            moments = moments.withEstimatedRatio(
                denominators, mean: denominators.mean(shares: sums.shares), tuneVariance: tuneControlVariances[j],
                holdsTune: split != .confirm)
        }
        if parts.floors.indices.contains(j), let floor = parts.floors[j] {
            moments = moments.raised(by: floor, unit: errorUnit(sums, outcome: j))
        }
        if let contrast = space.indexContrast(j, shares: sums.shares) { moments = moments.widened(by: contrast) }
        moments.restsOnEnough = restsOnEnough(sums)
        return moments
    }

    /// What the variance of a sum of scaled terms is multiplied by to be that of the estimate.
    private func errorUnit(_ sums: PolicySums, outcome j: Int) -> Double {
        let scale = space.outcomes[j].scale
        let count = estimator == .snips ? max(1, sums.v) : Double(sums.unitCount)
        return scale * scale / (count * count)
    }

    /// Whether the effective sample is large enough on the whole, and of each arm that much of the error comes from.
    private func restsOnEnough(_ sums: PolicySums) -> Bool {
        let least = PolicyEvaluation.leastEffectiveSample
        let parts = zip(sums.shares, inverseShares).map { $0 * $1 }
        let total = parts.reduce(0, +)
        return sums.effectiveSampleSize >= least
            && zip(sums.shares, inverseShares).allSatisfy { share, inverse in
                share * inverse < PolicyEvaluation.tellingPart * total
                    || share * Double(sums.unitCount) >= least * inverse
            }
    }

    /// nil where units are independent.
    var clusterRuns: ClusterRuns? { clusterErrors?.runs }
    var clusterCorrection: Double { clusterErrors?.correction ?? 1 }

    /// What few events, and clusters that differ much in what they weigh, add to the variance of each policy's difference from
    /// control by the sums of products alone, by policy, then outcome.
    func raisedVariances(of policies: [ArmProbabilities], shares: [[Double]]) -> [[Double]] {
        zip(policies, shares).map { policy, shares in
            let parts = errorParts(shares) { policy }
            return space.outcomes.indices.map { j in
                let scale = space.outcomes[j].scale / Double(unitCount)
                var raised = 0.0
                if parts.floors.indices.contains(j), let floor = parts.floors[j] {
                    raised += floor.added(against: 0) * scale * scale
                }
                if let clusterErrors, let own = parts.clusters {
                    let influence = clusterErrors.differenceInfluence(own, outcome: j, units: units.count)
                    raised +=
                        scale * scale * Double(units.count) * Double(units.count)
                        * (clusterErrors.variance(influence) - clusterErrors.covariance(influence, influence))
                }
                return max(0, raised)
            }
        }
    }

    private func influence(
        _ errors: ClusterErrors, _ clusters: ClusterSums, _ sums: PolicySums, outcome j: Int
    ) -> [Double] {
        errors.influence(
            estimator, clusters, totals: sums, controlMean: controlScores[j].sum / Double(sums.unitCount), outcome: j,
            centre: space.outcomes[j].centre, scale: space.outcomes[j].scale)
    }

    func againstBaseline(_ sums: PolicySums, _ parts: ErrorParts, _ arm: Int, outcome j: Int) -> Estimate? {
        if arm == 0 { return moments(of: sums, parts, outcome: j)?.differenceEstimate }
        let overlap = Overlap.baseline(sums, outcome: j)
        let value: Double
        var variance: Double?
        switch estimator {
        case .dr, .dm, .switching: (value, variance) = doublyRobust(sums, outcome: j).against(armSums[arm].outcome(j))
        case .snips, .ips:
            let moments =
                estimator == .snips
                ? selfNormalised(sums, against: arm, overlap, outcome: j).moments
                : inversePropensity(sums, against: arm, overlap, outcome: j).moments
            guard let moments else { return nil }
            (value, variance) = (moments.difference, moments.differenceVariance)
        }
        guard variance != nil else { return Estimate(value: value, standardError: nil) }
        if let clusterErrors, let own = parts.clusters {
            let mine = influence(clusterErrors, own, sums, outcome: j)
            let other = influence(clusterErrors, clusterErrors.arm(arm), armSums[arm], outcome: j)
            let difference = zip(mine, other).map { $0 - $1 }
            variance = clusterErrors.variance(difference)
        }
        if let denominators = space.outcomes[j].denominators,
            let mine = momentsByUnits(of: sums, outcome: j), let other = momentsByUnits(of: armSums[arm], outcome: j),
            let covariance = mine.differenceControlCovariance, let others = other.differenceControlCovariance,
            let control = mine.controlVariance
        {
            let missing = denominators.byArm[arm] - denominators.mean(shares: sums.shares)
            let factor = clusterErrors == nil ? 1 : designEffects[j]
            let shared = split == .confirm ? 0 : 2 * missing * (covariance - others)
            variance? += factor * shared + missing * missing * (tuneControlVariances[j] ?? factor * control)
        }
        if parts.floors.indices.contains(j), let floor = parts.floors[j] {
            variance? += floor.added(against: arm) * errorUnit(sums, outcome: j)
        }
        if let mine = space.indexContrast(j, shares: sums.shares),
            let other = space.indexContrast(j, shares: armSums[arm].shares),
            let own = momentsByUnits(of: sums, outcome: j), let others = momentsByUnits(of: armSums[arm], outcome: j)
        {
            let apart = zip(mine.parts(own.difference), other.parts(others.difference)).map { $0 - $1 }
            variance? += apart.reduce(0) { $0 + $1 * $1 }
        }
        return Estimate(
            value: value, standardError: variance.map { max(0, $0).squareRoot() }, critical: baselineCriticals[arm])
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
