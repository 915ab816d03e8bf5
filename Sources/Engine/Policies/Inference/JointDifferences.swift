import Statistics

/// The differences from control of several policies in every outcome, by one pass over the same units: the paired terms
/// Gamma_k - Gamma_0 of all of them and how they vary together (METHODS section 3).
package struct JointDifferences: Sendable, Equatable {
    package let policyCount: Int
    package let outcomeCount: Int
    /// Units summed over.
    package let unitCount: Int
    /// In the outcomes' own units, at `index(policy:outcome:)`.
    package let absolute: JointEstimates
    /// (V - V0) / |V0| by the delta method, at the same places; nil where a control value is within 3 SE of 0.
    package let relative: JointEstimates?
    /// The differences and after them V0 of each outcome, with the covariance of all.
    package let withControls: JointEstimates

    package func index(policy: Int, outcome: Int) -> Int { policy * outcomeCount + outcome }

    /// - Parameters:
    ///   - sums: of the terms of `policies` x outcomes, then of Gamma_0 of every outcome, scaled.
    ///   - products: sums of their products, a square matrix row by row.
    ///   - clusters: what products by clusters need; nil where they are by units.
    ///   - shares: of the arms, by policy.
    ///   - tuneVariances: by outcome, of control's mean over tune, in the outcome's unit; nil where these are the units at hand.
    ///   - holdsTune: whether the units at hand are or hold those that a ratio's R0 was estimated on.
    ///   - raised: by policy, then outcome, what few events add to the variance of a difference.
    init(
        policies: Int, space: PolicySpace, unitCount: Int, sums: [Double], products: [Double],
        clusters: ClusterProducts? = nil, shares: [[Double]], tuneVariances: [Double?],
        holdsTune: Bool, raised: [[Double]]
    ) {
        let outcomes = space.outcomeCount
        let terms = policies * outcomes
        let width = terms + outcomes
        let units = Double(unitCount)
        let means = sums.map { $0 / units }
        let scales = (0..<width).map { space.outcomes[$0 % outcomes].scale }
        func spread(_ a: Int, _ b: Int) -> Double {
            let product = products[a * width + b]
            guard let clusters else { return (product - units * means[a] * means[b]) / max(1, units - 1) / units }
            let shifted =
                means[a] * clusters.sized[b] + means[b] * clusters.sized[a] - means[a] * means[b] * clusters.squares
            return clusters.correction * (product - shifted) / (units * units)
        }
        // A ratio's R0 is estimated: control's terms enter the difference once more (`OutcomeMoments.withEstimatedRatio`).
        let further = (0..<width).map { term -> Double in
            guard let denominators = space.outcomes[term % outcomes].denominators else { return 0 }
            return term < terms
                ? 1 - denominators.mean(shares: shares[term / outcomes]) : denominators.overall - 1
        }
        // How much wider control's mean varies over tune than over the units at hand.
        let onTune = (0..<outcomes).map { j -> Double in
            let own = spread(terms + j, terms + j)
            guard let variance = tuneVariances[j], own > 0 else { return 1 }
            return variance / (scales[j] * scales[j] * own)
        }
        func joined(_ a: Int, _ b: Int) -> Double {
            let (i, j) = (terms + a % outcomes, terms + b % outcomes)
            var value = spread(a, b)
            if holdsTune, further[a] != 0 { value += further[a] * spread(i, b) }
            if holdsTune, further[b] != 0 { value += further[b] * spread(a, j) }
            if further[a] != 0, further[b] != 0 {
                value +=
                    further[a] * further[b] * spread(i, j) * (onTune[a % outcomes] * onTune[b % outcomes]).squareRoot()
            }
            return scales[a] * scales[b] * value
        }
        // The error of an index of surrogates, which all terms of its outcome share.
        let indexParts = (0..<width).map { term -> [Double] in
            let j = term % outcomes
            guard term < terms else { return space.outcomes[j].indexError?.byArm[0] ?? [] }
            return space.indexContrast(j, shares: shares[term / outcomes])?.parts(scales[term] * means[term]) ?? []
        }
        // Few events raise an estimate's error; how it goes with the others stays.
        let raises = (0..<width).map { term -> Double in
            guard term < terms, raised[term / outcomes][term % outcomes] > 0 else { return 1 }
            let own = joined(term, term)
            return own > 0 ? ((own + raised[term / outcomes][term % outcomes]) / own).squareRoot() : 1
        }
        func covariance(_ a: Int, _ b: Int) -> Double {
            let value = joined(a, b)
            let further =
                a % outcomes == b % outcomes ? zip(indexParts[a], indexParts[b]).reduce(0) { $0 + $1.0 * $1.1 } : 0
            guard a == b, a < terms, value <= 0 else { return value * raises[a] * raises[b] + further }
            return value + raised[a / outcomes][a % outcomes] + further
        }
        policyCount = policies
        outcomeCount = outcomes
        self.unitCount = unitCount
        absolute = JointEstimates(
            values: (0..<terms).map { scales[$0] * means[$0] },
            covariance: DenseMatrix(rowCount: terms, columnCount: terms, covariance))
        let controls = (0..<outcomes).map {
            StoredValue.destandardised(means[terms + $0], centre: space.outcomes[$0].centre, scale: scales[$0])
        }
        withControls = JointEstimates(
            values: absolute.values + controls,
            covariance: DenseMatrix(rowCount: width, columnCount: width, covariance))
        guard
            controls.indices.allSatisfy({
                controls[$0] != 0
                    && abs(controls[$0]) >= 3 * max(0, covariance(terms + $0, terms + $0)).squareRoot()
            })
        else {
            relative = nil
            return
        }
        let ratios = (0..<terms).map { scales[$0] * means[$0] / abs(controls[$0 % outcomes]) }
        // The term of a ratio is (d - r g) / |V0|, with the sign of V0 on r.
        let slopes = ratios.enumerated().map { controls[$0.offset % outcomes] > 0 ? $0.element : -$0.element }
        relative = JointEstimates(
            values: ratios,
            covariance: DenseMatrix(rowCount: terms, columnCount: terms) { a, b in
                let (i, j) = (terms + a % outcomes, terms + b % outcomes)
                let joined =
                    covariance(a, b) - slopes[a] * covariance(i, b) - slopes[b] * covariance(a, j)
                    + slopes[a] * slopes[b] * covariance(i, j)
                return joined / abs(controls[a % outcomes] * controls[b % outcomes])
            })
    }
}

extension PolicyEvaluator {
    /// The joint differences from control of whatever gives this split's units, in canonical order, their probabilities over
    /// the arms.
    /// - Returns: nil for estimators without doubly robust terms (SNIPS, IPS) or without an error (DM).
    /// - Complexity: O(units x (policies x outcomes)²).
    package func jointDifferences(of policies: [ArmProbabilities]) -> JointDifferences? {
        switch estimator {
        case .dr, .switching: guard hasError else { return nil }
        case .snips, .ips, .dm: return nil
        }
        let limit = estimator.correctionLimit
        let shares = policies.map { table.shares(of: $0, rows: units) }
        let raised = raisedVariances(of: policies, shares: shares)
        guard let runs = clusterRuns else {
            let (sums, products) = table.pairedProducts(of: policies, limit: limit, units: units, workers: workers)
            return JointDifferences(
                policies: policies.count, space: space, unitCount: unitCount, sums: sums, products: products,
                shares: shares, tuneVariances: tuneControlVariances, holdsTune: split != .confirm, raised: raised)
        }
        let (sums, products, clusters) = table.clusterProducts(
            of: policies, limit: limit, units: units, runs: runs, correction: clusterCorrection, workers: workers)
        return JointDifferences(
            policies: policies.count, space: space, unitCount: unitCount, sums: sums, products: products,
            clusters: clusters, shares: shares, tuneVariances: tuneControlVariances, holdsTune: split != .confirm,
            raised: raised)
    }

    /// The joint differences of some assignments of this split's units, one arm each.
    package func jointDifferences(ofAssignments choices: [[UInt8]]) -> JointDifferences? {
        jointDifferences(of: choices.map { ArmProbabilities(assignment: $0, armCount: space.armCount) })
    }

    /// The joint differences of policies of any kind.
    /// - Throws: `EspalierError` (.data) where nothing is known of a policy's cohorts.
    package func jointDifferences(of policies: [Policy]) throws -> JointDifferences? {
        jointDifferences(of: try policies.map { try probabilities(of: $0) })
    }

    /// The joint differences of linear policies.
    package func jointDifferences(of policies: [LinearPolicy]) -> JointDifferences? {
        jointDifferences(ofAssignments: policies.map { choice(of: $0) })
    }
}
