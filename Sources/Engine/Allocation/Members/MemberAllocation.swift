import Runtime

/// The allocation of every unit by itself under limits on the means (METHODS 4.5): the prices by the dual, and a small
/// linear programme that splits the units tied under them.
package struct MemberAllocation: Sendable {
    package let problem: MemberProblem
    private let dual: MemberDual

    /// Largest price considered, in mean sizes of effects: a limit that costs more cannot be kept.
    private static let priceCeiling = 1e3

    package init(_ problem: MemberProblem) {
        self.problem = problem
        dual = MemberDual(limits: problem.limits, scales: problem.effects.scales)
    }

    /// - Throws: `CancellationError`; `EspalierError` (.internal) where CLP gives up.
    /// - Complexity: a dozen passes over the effects, whatever the number of steps.
    package func solve(context: RunContext = RunContext()) throws -> MemberResult {
        let ceiling = problem.limits.map { _ in Self.priceCeiling }
        let result = try LocalisedDual(
            dual: dual, effects: problem.effects, ceiling: ceiling, context: context
        ).minimise()
        if zip(result.minimum.point, ceiling).contains(where: { $0 >= 0.99 * $1 }) {
            let conflicts = try self.conflicts(context)
            if !conflicts.isEmpty { return .infeasible(conflicts) }
        }
        return .solved(try TieSplitting(dual: dual, effects: problem.effects, context: context).split(result))
    }

    /// Phase 1: the dual of the smallest relaxation is the same function without the objective and with prices of at most 1.
    private func conflicts(_ context: RunContext) throws -> [LimitConflict] {
        var phaseOne = dual
        phaseOne.objectiveWeight = 0
        func relax(_ ceiling: [Double]) throws -> CuttingPlanes.Minimum {
            try LocalisedDual(dual: phaseOne, effects: problem.effects, ceiling: ceiling, context: context)
                .minimise().minimum
        }
        let together = try relax(problem.limits.map { _ in 1 })
        guard together.value < -1e-7 else { return [] }
        return try problem.limits.indices.compactMap { k in
            let scale = dual.scales[problem.limits[k].outcome]
            // The planes' mean is the assignment of the relaxation: a slope is what is left of the limit.
            let amount = max(0, -together.slopes[k]) * scale
            guard together.point[k] > 1e-6 || amount > 1e-7 * scale else { return nil }
            let ceiling = problem.limits.indices.map { $0 == k ? 1 : Self.priceCeiling }
            let alone = try relax(ceiling)
            let helps = alone.point.indices.allSatisfy { $0 == k || alone.point[$0] < 0.99 * Self.priceCeiling }
            return LimitConflict(limit: k, together: amount, alone: helps ? -alone.value * scale : nil)
        }
    }
}
