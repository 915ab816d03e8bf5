import Runtime

/// Which unit gets what: the effects of every unit, and limits on the mean effects. The first outcome is maximised.
package struct MemberProblem: Sendable {
    package let effects: MemberEffects
    package let limits: [AllocationLimit]

    /// - Throws: `EspalierError` (.data): no unit, an effect or a limit that is no number.
    package init(effects: MemberEffects, limits: [AllocationLimit]) throws {
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, remedy: remedy)
        }
        guard effects.unitCount > 0 else { throw error("there is no unit to allocate", "give at least one") }
        guard effects.values.allSatisfy(\.isFinite) else {
            throw error("a unit's effect is no number", "give every unit and arm an effect")
        }
        guard limits.allSatisfy(\.threshold.isFinite) else { throw error("a limit is no number", "give a number") }
        precondition(limits.allSatisfy { (0..<effects.outcomeCount).contains($0.outcome) })
        self.effects = effects
        self.limits = limits
    }
}
