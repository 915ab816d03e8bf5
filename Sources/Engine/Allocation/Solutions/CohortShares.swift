/// The share of every cohort that gets each arm; a cohort's shares sum to 1 (METHODS 4, x).
package struct CohortShares: Sendable, Equatable {
    package let armCount: Int
    /// Cohorts x arms, cohort after cohort.
    package let values: [Double]

    /// Shares this close to 0 or 1 are rounding of a solver's.
    static let tolerance = 1e-9

    package init(armCount: Int, values: [Double]) {
        precondition(armCount > 0 && values.count % armCount == 0)
        self.armCount = armCount
        self.values = values
    }

    /// Every cohort gets control.
    package static func control(cohorts: Int, armCount: Int) -> CohortShares {
        CohortShares(
            armCount: armCount, values: (0..<cohorts * armCount).map { $0 % armCount == 0 ? 1 : 0 })
    }

    /// What a solver found, without its rounding: nothing below 0, each cohort's shares summing to 1.
    init(rounding values: [Double], armCount: Int) {
        var values = values
        for start in stride(from: 0, to: values.count, by: armCount) {
            var sum = 0.0
            for cell in start..<start + armCount {
                values[cell] = values[cell] > Self.tolerance ? values[cell] : 0
                sum += values[cell]
            }
            for cell in start..<start + armCount { values[cell] /= sum }
        }
        self.init(armCount: armCount, values: values)
    }

    package var cohortCount: Int { values.count / armCount }

    package subscript(cohort: Int, arm: Int) -> Double { values[cohort * armCount + arm] }

    /// Cohorts that more than one arm is given to.
    package var splitCohorts: Int {
        (0..<cohortCount).count { cohort in (0..<armCount).allSatisfy { self[cohort, $0] < 1 - Self.tolerance } }
    }

    /// The mean effect over the whole population: sum over cohorts and arms of size x share x effect.
    package func value(of effects: [Double], sizes: [Double]) -> Double {
        var sum = 0.0
        for cohort in sizes.indices {
            var mean = 0.0
            for cell in cohort * armCount..<(cohort + 1) * armCount { mean += values[cell] * effects[cell] }
            sum += sizes[cohort] * mean
        }
        return sum
    }

    /// The share of the whole population in each cohort and arm, cohorts x arms.
    func weights(sizes: [Double]) -> [Double] { values.indices.map { values[$0] * sizes[$0 / armCount] } }

    /// The share of the whole population that gets each arm.
    package func armShares(sizes: [Double]) -> [Double] {
        var shares = [Double](repeating: 0, count: armCount)
        for (cell, weight) in weights(sizes: sizes).enumerated() { shares[cell % armCount] += weight }
        return shares
    }
}
