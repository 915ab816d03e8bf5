import Texts

extension LimitConflict {
    /// What conflicts, and by how much each limit would have to yield: the end of a sentence that says that they cannot all
    /// be kept.
    package static func words(_ conflicts: [LimitConflict], in problem: AllocationProblem) -> String {
        words(conflicts, in: problem.limits) { problem.outcomes[$0].name }
    }

    /// - Parameter outcomeName: by the index that limits have.
    package static func words(
        _ conflicts: [LimitConflict], in limits: [AllocationLimit], outcomeName: (Int) -> String
    ) -> String {
        func name(_ conflict: LimitConflict) -> String { outcomeName(limits[conflict.limit].outcome) }
        func amount(_ value: Double) -> String { NumberText.significant(value, 4) }
        if conflicts.count == 1 {
            let limit = limits[conflicts[0].limit]
            let reached = limit.threshold + limit.sign * conflicts[0].together
            return "\(name(conflicts[0])) has to yield by \(amount(conflicts[0].together)), to \(amount(reached))"
        }
        let together = conflicts.filter { $0.together > 0 }.map { "\(name($0)) by \(amount($0.together))" }
        let alone = conflicts.compactMap { conflict in
            conflict.alone.map { "\(name(conflict)) alone by \(amount($0))" }
        }
        return "\(conflicts.map(name).joined(separator: " and ")) contradict each other: "
            + ([together.joined(separator: " and ") + (together.count > 1 ? " together" : "")] + alone)
            .filter { !$0.isEmpty }.joined(separator: ", or ")
            + " would have to yield"
    }
}
