import Statistics

/// How many units have no outcome, by arm, and whether they were left out or weighted for.
package struct Attrition: Sendable, Equatable {
    /// All units of the arms.
    package let units: [Int]
    /// Those with every outcome that may be missing.
    package let seen: [Int]
    /// Outcomes seen whose chance of being seen was raised to the least that is used; nil where units without an outcome are
    /// left out.
    package let limitedCount: Int?

    package init(units: [Int], seen: [Int], limitedCount: Int? = nil) {
        precondition(units.count == seen.count)
        self.units = units
        self.seen = seen
        self.limitedCount = limitedCount
    }

    /// - Parameters:
    ///   - assignment: of all units.
    ///   - seenAssignment: of those with outcomes.
    init(assignment: [UInt8], seenAssignment: [UInt8], armCount: Int, limitedCount: Int? = nil) {
        func counts(_ assignment: [UInt8]) -> [Int] {
            assignment.reduce(into: [Int](repeating: 0, count: armCount)) { $0[Int($1)] += 1 }
        }
        self.init(units: counts(assignment), seen: counts(seenAssignment), limitedCount: limitedCount)
    }

    package var isWeighted: Bool { limitedCount != nil }

    /// The share without an outcome, by arm.
    package var missingShares: [Double] { zip(units, seen).map { Double($0 - $1) / Double(max(1, $0)) } }

    /// Pearson's chi-square test of missing or not by arm; the p is 1 where too few are missing, or seen, for it.
    package var pByArm: Double {
        let total = Double(units.reduce(0, +))
        let rate = (total - Double(seen.reduce(0, +))) / max(1, total)
        var statistic = 0.0
        for (units, seen) in zip(units, seen) {
            let (expected, rest) = (rate * Double(units), (1 - rate) * Double(units))
            guard expected >= 5, rest >= 5 else { return 1 }
            let difference = Double(units - seen) - expected
            statistic += difference * difference * (1 / expected + 1 / rest)
        }
        return ChiSquare.survival(statistic, degreesOfFreedom: Double(units.count - 1))
    }

    /// Whether missing outcomes make the arms unlike, by themselves.
    package var differsByArm: Bool { pByArm < BalanceReport.alarm }
}
