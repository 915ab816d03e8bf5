/// The units of a round, in the order of their keys.
package struct RoundRows: Sendable, Equatable {
    /// `StableHash.key` of each unit, ascending.
    package let keys: [UInt64]
    /// Index into the plan's policies; their count for units of the slice.
    package let policies: [UInt8]
    /// Index into the plan's arms; nil where the file has no arms.
    package let arms: [UInt8]?
    /// By outcome, net of costs; of a ratio its numerator and denominator are joined by the plan's whole ratio.
    package let outcomes: [[Double]]

    package init(keys: [UInt64], policies: [UInt8], arms: [UInt8]?, outcomes: [[Double]]) {
        self.keys = keys
        self.policies = policies
        self.arms = arms
        self.outcomes = outcomes
    }
}
