import Runtime

/// Whatever gives each unit probabilities over the arms (METHODS section 2, off-policy evaluation).
package enum Policy: Sendable, Equatable {
    /// The argmax of linear utilities: one arm for each unit.
    case linear(LinearPolicy)

    /// What tells policies apart in JSON.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case linear
    }

    /// The weights and biases of a linear policy.
    package var linear: LinearPolicy {
        switch self {
        case .linear(let policy): policy
        }
    }

    package var kind: Kind {
        switch self {
        case .linear: .linear
        }
    }

    /// The probabilities of the arms for each unit of a range of the table.
    /// - Complexity: one pass over the units' columns.
    package func probabilities(
        in table: PolicyTable, _ space: PolicySpace, units: Range<Int>, workers: Workers = Workers()
    ) -> ArmProbabilities {
        switch self {
        case .linear(let policy):
            ArmProbabilities(
                assignment: table.choice(of: policy, in: space, units: units, workers: workers),
                armCount: table.armCount)
        }
    }
}
