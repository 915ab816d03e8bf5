import Allocation
import Effects
import Groups
import Runtime
import Studies

/// The effects of every cohort, arm and outcome in the outcome's own unit, net of arm costs.
struct CohortEstimates {
    struct Value {
        let value: Double
        let standardError: Double
    }

    /// By cohort, then by `ContrastIndex.position`.
    private let values: [[Value]]
    private let outcomeCount: Int

    subscript(cohort: Int, arm: Int, outcome: Int) -> Value {
        values[cohort][ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)]
    }

    /// The effects of the leaves that each cohort lies in.
    init(inherited cohorts: CohortGrouping) {
        outcomeCount = cohorts.outcomeCount
        let contrasts = ContrastIndex.all(arms: cohorts.armCount, outcomes: cohorts.outcomeCount)
        values = (0..<cohorts.cohortCount).map { cohort in
            contrasts.map {
                let effect = cohorts.table.effect(cohort: cohort, arm: $0.arm, outcome: $0.outcome)
                return Value(value: effect.effect, standardError: effect.standardError)
            }
        }
    }

    /// Each cohort's own effects, shrunk to the leaf's by their error (METHODS 4.1), as `allocate` takes them.
    /// - Throws: as finding the cohorts does.
    init(shrunk kind: CohortKind, _ study: Study, context: RunContext) throws {
        let space = study.space
        var request = AllocationRequest(cohorts: kind)
        request.effects = .shrunk
        let problem = try study.allocationWorkspace(request, context).problem([])
        outcomeCount = space.outcomes.count
        let contrasts = ContrastIndex.all(arms: space.armCount, outcomes: space.outcomes.count)
        let variances = problem.outcomes.map { $0.errors?.variances ?? [] }
        values = (0..<problem.cohortCount).map { cohort in
            contrasts.map { contrast in
                // Allocations are of oriented outcomes.
                let cell = cohort * space.armCount + contrast.arm
                return Value(
                    value: space.outcomes[contrast.outcome].sign * problem.outcomes[contrast.outcome].means[cell],
                    standardError: variances[contrast.outcome][cell].squareRoot())
            }
        }
    }
}
