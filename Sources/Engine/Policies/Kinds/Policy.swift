import Runtime

/// Whatever gives each unit probabilities over the arms (METHODS section 2, off-policy evaluation).
package enum Policy: Sendable, Equatable {
    /// The argmax of linear utilities: one arm for each unit.
    case linear(LinearPolicy)
    /// Shares of arms by cohort.
    case cohort(CohortPolicy)

    /// What tells policies apart in JSON.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case linear, cohort
    }

    /// The weights and biases of a linear policy.
    package var linear: LinearPolicy? { if case .linear(let policy) = self { policy } else { nil } }

    /// The shares of a cohort policy.
    package var cohort: CohortPolicy? { if case .cohort(let policy) = self { policy } else { nil } }

    package var kind: Kind {
        switch self {
        case .linear: .linear
        case .cohort: .cohort
        }
    }

    /// The probabilities of the arms for each unit of a range of the table.
    /// - Throws: `EspalierError` (.data) where the table knows nothing of the policy's cohorts.
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
            return units.map { table.unitCohorts.arm(of: $0, from: distributions[Int(cohorts[$0])]) }
        }
    }
}

extension PolicyTable {
    /// The cohort of every unit by a policy's rules.
    fileprivate func cohorts(_ policy: CohortPolicy) throws -> [UInt32] {
        guard let cohorts = unitCohorts[policy.rules] else {
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
}
