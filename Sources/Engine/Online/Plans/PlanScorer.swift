import Experiments
import Policies
import Runtime

/// Gives units their policies and arms by a plan alone: the same unit gets the same whenever it is asked.
package struct PlanScorer: Sendable {
    /// What units got.
    package struct Assignment: Sendable, Equatable {
        /// Index into the plan's policies; nil for units of the slice.
        package let policies: [Int?]
        /// Index into the plan's arms.
        package let arms: [UInt8]
        /// Of the arm that each unit got, given its covariates: what it had before its policy was drawn.
        package let propensities: [Double]
    }

    package let plan: OnlinePlan
    private let scorers: [PolicyScorer?]
    private let policy: SaltedDraw
    private let slice: SaltedDraw
    private let sliceArm: SaltedDraw

    package init(_ plan: OnlinePlan) {
        self.plan = plan
        scorers = plan.policies.map { $0.policy.map { PolicyScorer($0) } }
        let (seed, salt) = (plan.assignment.seed, plan.assignment.salt)
        policy = SaltedDraw(seed: seed, salt: "\(salt) policy")
        slice = SaltedDraw(seed: seed, salt: "\(salt) slice")
        sliceArm = SaltedDraw(seed: seed, salt: "\(salt) slice-arm")
    }

    /// What the policies ask of the units, covariates and columns of supplied effects: those of all policies, each once.
    /// - Throws: `EspalierError` (.data) where two policies read a covariate in two ways.
    package func inputs() throws -> (covariates: [CovariateSource.Column], supplied: [String]) {
        var columns: [CovariateSource.Column] = []
        var entries: [PolicyDocument.CovariateEntry] = []
        var supplied: [String] = []
        for document in plan.policies.compactMap(\.policy) {
            for entry in document.covariates where !entries.contains(entry) {
                guard !entries.contains(where: { $0.name == entry.name }) else {
                    throw EspalierError(
                        .data, "two policies of the plan read the covariate \(entry.name) in two ways",
                        remedy: "plan the round again from one study")
                }
                entries.append(entry)
                columns.append(try entry.source())
            }
            for name in document.suppliedColumns.compactMap({ $0 }) where !supplied.contains(name) {
                supplied.append(name)
            }
        }
        return (columns, supplied)
    }

    /// Index of each unit's policy; nil for units of the slice.
    /// - Parameter keys: as of `assign`.
    package func policies(of keys: [UInt64]) -> [Int?] {
        let shares = plan.policies.map(\.share)
        return keys.map { slice.uniform($0) < plan.slice ? nil : policy.index($0, of: shares) }
    }

    /// - Parameters:
    ///   - keys: `StableHash.key` of each unit's id, or of its cluster's.
    ///   - covariates: encoded columns by name.
    ///   - supplied: raw columns by name.
    /// - Complexity: every policy scores every unit, for the propensities.
    package func assign(
        keys: [UInt64], covariates: [String: [Float]], supplied: [String: [Double]], context: RunContext
    ) throws -> Assignment {
        let distributions = try plan.policies.indices.map {
            try distribution($0, keys: keys, covariates: covariates, supplied: supplied, context: context)
        }
        let shares = plan.policies.map(\.share)
        let planned = plan.plannedShares
        let plannedTotal = planned.reduce(0, +)
        var policies: [Int?] = []
        var arms: [UInt8] = []
        var propensities: [Double] = []
        for (unit, key) in keys.enumerated() {
            let isRandom = slice.uniform(key) < plan.slice
            let own = policy.index(key, of: shares)
            let arm = isRandom ? UInt8(sliceArm.index(key, of: planned)) : distributions[own].arms[unit]
            var propensity = plan.slice * planned[Int(arm)] / plannedTotal
            for (share, distribution) in zip(shares, distributions) {
                propensity += (1 - plan.slice) * share * distribution.probability(of: arm, unit: unit)
            }
            policies.append(isRandom ? nil : own)
            arms.append(arm)
            propensities.append(propensity)
        }
        return Assignment(policies: policies, arms: arms, propensities: propensities)
    }

    /// What a policy does with units: the arm that each gets, and with which probability it would get each of them.
    private struct Distribution {
        let arms: [UInt8]
        /// By cohort, for policies that split them.
        let shares: [[Double]]
        let cohorts: [UInt32]

        func probability(of arm: UInt8, unit: Int) -> Double {
            guard !cohorts.isEmpty else { return arms[unit] == arm ? 1 : 0 }
            let cohort = Int(cohorts[unit])
            return shares.indices.contains(cohort) ? shares[cohort][Int(arm)] : arm == 0 ? 1 : 0
        }
    }

    private func distribution(
        _ index: Int, keys: [UInt64], covariates: [String: [Float]], supplied: [String: [Double]],
        context: RunContext
    ) throws -> Distribution {
        guard let scorer = scorers[index] else {
            let arm = plan.policies[index].arm.flatMap { plan.arms.firstIndex(of: $0) } ?? 0
            return Distribution(arms: Array(repeating: UInt8(arm), count: keys.count), shares: [], cohorts: [])
        }
        let document = scorer.document
        let choice = try scorer.choices(
            keys: keys, covariates: document.covariates.map { covariates[$0.name] ?? [] },
            supplied: document.suppliedColumns.map { $0.flatMap { supplied[$0] } ?? [] }, context: context)
        let shares: [[Double]] = if case .cohort(let rule) = document.rule { rule.shares } else { [] }
        return Distribution(arms: choice.arms, shares: shares, cohorts: choice.cohorts)
    }
}
