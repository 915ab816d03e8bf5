extension LimitConflict {
    /// The limits that contradict each other, by a phase-1 programme: all yield together as little as possible; those that
    /// yield, or keep the others from yielding less, conflict. Then each of them yields alone.
    /// - Parameter solve: solves a programme, with whatever cuts its limits need.
    static func find(
        in problem: AllocationProblem, solve: (AllocationProgram) throws -> CohortShares?
    ) throws -> [LimitConflict] {
        let program = AllocationProgram(problem)
        program.relax(Set(problem.limits.indices))
        guard try solve(program) != nil else { return [] }
        let together = program.yields
        return try problem.limits.indices.compactMap { k in
            guard together[k].resists || together[k].amount > 0 else { return nil }
            program.relax([k])
            let alone = try solve(program) == nil ? nil : program.yields[k].amount
            return LimitConflict(limit: k, together: together[k].amount, alone: alone)
        }
    }
}
