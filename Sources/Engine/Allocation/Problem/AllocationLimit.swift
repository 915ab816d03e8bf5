/// A limit on what an allocation does to one outcome, in the outcome's own unit.
package struct AllocationLimit: Sendable, Equatable {
    package enum Sense: Sendable {
        case atLeast, atMost
    }

    /// Index into the problem's outcomes.
    package let outcome: Int
    package let sense: Sense
    package let threshold: Double

    package init(outcome: Int, sense: Sense, threshold: Double) {
        self.outcome = outcome
        self.sense = sense
        self.threshold = threshold
    }

    /// Every method sees limits as costs: `sign` times the value is at most `sign` times the threshold.
    var sign: Double { sense == .atMost ? 1 : -1 }

    /// By how much a value breaks the limit; at most 0 where it keeps it.
    package func excess(of value: Double) -> Double { sign * (value - threshold) }
}
