/// Gives every cohort shares of the arms (S0): who is in which cohort is told by rules kept beside it.
package struct CohortPolicy: Sendable, Hashable, Codable {
    /// `CohortRules.id` of the rules.
    package let rules: String
    /// By cohort: the share of every arm, control's first. Units of no cohort get control.
    package let shares: [[Double]]

    package init(rules: String, shares: [[Double]]) {
        self.rules = rules
        self.shares = shares
    }

    /// Whether the shares are such for so many arms: from 0 to 1, and 1 together.
    package func fits(armCount: Int) -> Bool {
        !shares.isEmpty
            && shares.allSatisfy { own in
                own.count == armCount && own.allSatisfy { (0...1).contains($0) }
                    && abs(own.reduce(0, +) - 1) <= ArmProbabilities.tolerance
            }
    }

    /// The distribution of every cohort and, last, of units of none: control.
    package var distributions: [[Double]] {
        shares + [(0..<(shares.first?.count ?? 1)).map { $0 == 0 ? 1 : 0 }]
    }
}
