import Allocation
import Policies
import Runtime

extension Study {
    /// The allocation unit by unit, by the effects of the study's learner on tune (METHODS 4.5): prices of the limits, and the
    /// linear policy that they are the weights of.
    /// - Throws: `EspalierError` (.check) where the limits cannot all be kept; `CancellationError`.
    package func allocateMembers(_ limits: [StudyLimit], _ context: RunContext) throws -> MemberSolution {
        try requireUnits(for: "allocating unit by unit")
        let table = workspace.table
        let outcomes = [0] + limits.map(\.outcome)
        let columns = outcomes.flatMap { j in
            let outcome = space.outcomes[j]
            return (1..<space.armCount).map { arm in
                table.effects(arm: arm, outcome: j).prefix(description.tuneCount).map {
                    Float(outcome.sign * outcome.scale * Double($0))
                }
            }
        }
        let problem = try MemberProblem(
            effects: MemberEffects(armCount: space.armCount, columns: columns),
            limits: limits.enumerated().map {
                AllocationLimit(outcome: $0.offset + 1, sense: .atLeast, threshold: $0.element.threshold)
            })
        switch try MemberAllocation(problem).solve(context: context) {
        case .solved(let solution): return solution
        case .infeasible(let conflicts):
            let cause = LimitConflict.words(conflicts, in: problem.limits) { space.outcomes[outcomes[$0]].name }
            throw EspalierError(
                .check, "the limits cannot all be kept: \(cause)",
                remedy: "loosen them with --limit OUTCOME=relative:-0.05, or in the spec")
        }
    }
}
