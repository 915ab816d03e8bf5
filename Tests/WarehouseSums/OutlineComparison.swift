import Experiments

extension ExperimentOutline {
    /// Whether it is the same, or differs by the order of adding where outcomes are made of sums over all units.
    func isClose(to other: ExperimentOutline, isMade: Bool) -> Bool {
        guard isMade else { return self == other }
        func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(1, abs(b)) }
        return shares == other.shares && armCount == other.armCount
            && zip(outcomes, other.outcomes).allSatisfy { own, other in
                close(own.centre, other.centre) && close(own.scale, other.scale) && own.armCosts == other.armCosts
                    && zip(own.denominators?.byArm ?? [], other.denominators?.byArm ?? []).allSatisfy(close)
                    && close(own.denominators?.overall ?? 1, other.denominators?.overall ?? 1)
                    && (own.denominators == nil) == (other.denominators == nil)
            }
    }
}
