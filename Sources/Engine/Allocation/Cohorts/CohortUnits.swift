import Statistics

/// The units behind cohort effects: each one's cohort, arm and outcomes.
package struct CohortUnits: Sendable {
    package let cohortCount: Int
    package let cohorts: [Int32]
    package let arms: [UInt8]
    /// By outcome.
    package let outcomes: [[Float]]
    /// 1/e where propensities differ between units; nil where they do not.
    package let weights: [Float]?
    /// The units of every arm.
    private let units: [[UInt32]]
    /// The units of every cluster, by which they are then drawn; nil where units are independent.
    private let clusters: [[UInt32]]?

    package init(
        cohortCount: Int, cohorts: [Int32], armCount: Int, arms: [UInt8], outcomes: [[Float]],
        weights: [Float]? = nil, clusters: [UInt64]? = nil
    ) {
        precondition(arms.count == cohorts.count && outcomes.allSatisfy { $0.count == cohorts.count })
        precondition(weights.map { $0.count == cohorts.count } ?? true)
        self.cohortCount = cohortCount
        self.cohorts = cohorts
        self.outcomes = outcomes
        self.weights = weights
        var units = [[UInt32]](repeating: [], count: armCount)
        for (unit, arm) in arms.enumerated() { units[Int(arm)].append(UInt32(unit)) }
        self.units = units
        self.arms = arms
        self.clusters = clusters.map { keys in
            Dictionary(grouping: keys.indices.map { UInt32($0) }) { keys[Int($0)] }.sorted { $0.key < $1.key }.map(
                \.value)
        }
    }

    package var sums: CohortSums {
        var sums = empty
        for (arm, units) in units.enumerated() {
            for unit in units { add(Int(unit), arm: arm, to: &sums) }
        }
        return sums
    }

    /// As many units of every arm, drawn with replacement; where units come in clusters, as many clusters.
    package func resampled(_ stream: inout RandomStream) -> CohortSums {
        var sums = empty
        if let clusters {
            for _ in clusters {
                for unit in clusters[stream.index(below: clusters.count)] {
                    add(Int(unit), arm: Int(arms[Int(unit)]), to: &sums)
                }
            }
            return sums
        }
        for (arm, units) in units.enumerated() {
            for _ in units { add(Int(units[stream.index(below: units.count)]), arm: arm, to: &sums) }
        }
        return sums
    }

    private var empty: CohortSums {
        CohortSums(cohortCount: cohortCount, armCount: units.count, outcomeCount: outcomes.count)
    }

    private func add(_ unit: Int, arm: Int, to sums: inout CohortSums) {
        let weight = weights.map { Double($0[unit]) } ?? 1
        for (outcome, values) in outcomes.enumerated() {
            sums.add(
                Double(values[unit]), outcome: outcome, cohort: Int(cohorts[unit]), arm: arm, weight: weight)
        }
    }
}
