import Runtime

/// Whatever gives each unit probabilities over the arms (METHODS section 2, off-policy evaluation).
package enum Policy: Sendable, Equatable {
    /// The argmax of linear utilities: one arm for each unit.
    case linear(LinearPolicy)
    /// Shares of arms by cohort.
    case cohort(CohortPolicy)
    /// One arm for the units whose score reaches a threshold.
    case ranking(RankingPolicy)

    /// What tells policies apart in JSON.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case linear, cohort, ranking
    }

    /// The weights and biases of a linear policy.
    package var linear: LinearPolicy? { if case .linear(let policy) = self { policy } else { nil } }

    /// The shares of a cohort policy.
    package var cohort: CohortPolicy? { if case .cohort(let policy) = self { policy } else { nil } }

    package var ranking: RankingPolicy? { if case .ranking(let policy) = self { policy } else { nil } }

    package var kind: Kind {
        switch self {
        case .linear: .linear
        case .cohort: .cohort
        case .ranking: .ranking
        }
    }

    /// The `UnitRules.id` of what divides its units; nil where it looks at every unit's effects.
    package var rules: String? {
        switch self {
        case .linear: nil
        case .cohort(let policy): policy.rules
        case .ranking(let policy): policy.rules
        }
    }

    /// The probabilities of the arms for each unit of a range of the table.
    /// - Throws: `EspalierError` (.data) where the table knows nothing of the policy's groups.
    /// - Complexity: one pass over the units' columns.
    package func probabilities(
        in table: PolicyTable, _ space: PolicySpace, units: Range<Int>, workers: Workers = Workers()
    ) throws -> ArmProbabilities {
        switch self {
        case .linear(let policy):
            return ArmProbabilities(
                assignment: table.choice(of: policy, in: space, units: units, workers: workers),
                armCount: table.armCount)
        case .cohort(let policy):
            return try ArmProbabilities(
                distributions: policy.distributions, indices: Array(table.cohorts(policy)[units]))
        case .ranking(let policy):
            return try ArmProbabilities(
                distributions: policy.distributions(armCount: table.armCount),
                indices: Array(table.targeted(policy)[units]))
        }
    }

    /// The arm that each unit of a range of the table gets: units of split cohorts draw theirs, as `assign` does.
    /// - Throws: as `probabilities`.
    package func choice(
        in table: PolicyTable, _ space: PolicySpace, units: Range<Int>, workers: Workers = Workers()
    ) throws -> [UInt8] {
        switch self {
        case .linear(let policy): return table.choice(of: policy, in: space, units: units, workers: workers)
        case .cohort(let policy):
            let cohorts = try table.cohorts(policy)
            let distributions = policy.distributions
            return units.map { table.unitGroups.arm(of: $0, from: distributions[Int(cohorts[$0])]) }
        case .ranking(let policy):
            return try table.targeted(policy)[units].map { $0 == 1 ? UInt8(policy.arm) : 0 }
        }
    }
}

extension PolicyTable {
    /// The cohort of every unit by a policy's rules.
    fileprivate func cohorts(_ policy: CohortPolicy) throws -> [UInt32] {
        guard let cohorts = unitGroups[policy.rules] else {
            throw EspalierError(
                .data, "the study does not hold the cohorts of the policy",
                remedy: "read its policy file again, or allocate anew")
        }
        guard cohorts.allSatisfy({ $0 <= policy.shares.count }) else {
            throw EspalierError(
                .data, "the policy's shares are not those of its cohorts", remedy: "allocate anew")
        }
        return cohorts
    }

    /// 1 for every unit that a policy targets, else 0.
    fileprivate func targeted(_ policy: RankingPolicy) throws -> [UInt32] {
        guard let targeted = unitGroups[policy.rules] else {
            throw EspalierError(
                .data, "the study does not hold the ranking of the policy",
                remedy: "read its policy file again, or rank anew")
        }
        guard targeted.allSatisfy({ $0 <= 1 }), (1..<armCount).contains(policy.arm) else {
            throw EspalierError(.data, "the policy's arm or ranking is none of the study's", remedy: "rank anew")
        }
        return targeted
    }
}
