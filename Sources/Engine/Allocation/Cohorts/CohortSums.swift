/// Sums over every cohort's own units, by arm: all that cohort effects are made of. The weights are 1/e where propensities
/// differ between units, else 1.
package struct CohortSums: Sendable, Equatable {
    /// Sums over the units of one cohort and arm, for one outcome.
    struct Cell: Sendable, Equatable {
        /// Sums of w, w², w y, w² y and w² y².
        var weight = 0.0
        var squaredWeight = 0.0
        var total = 0.0
        var squaredTotal = 0.0
        var squares = 0.0

        mutating func add(_ value: Double, weight w: Double) {
            weight += w
            squaredWeight += w * w
            total += w * value
            squaredTotal += w * w * value
            squares += w * w * value * value
        }

        static func + (a: Cell, b: Cell) -> Cell {
            Cell(
                weight: a.weight + b.weight, squaredWeight: a.squaredWeight + b.squaredWeight,
                total: a.total + b.total, squaredTotal: a.squaredTotal + b.squaredTotal,
                squares: a.squares + b.squares)
        }

        var mean: Double { weight > 0 ? total / weight : 0 }
        /// Kish's effective number of units: the number itself where all weights are 1.
        var effectiveCount: Double { squaredWeight > 0 ? weight * weight / squaredWeight : 0 }
        /// Sum of w² (y - mean)².
        var deviations: Double { max(0, squares - 2 * mean * squaredTotal + mean * mean * squaredWeight) }
        /// How many deviations count: n - 1 where all weights are 1.
        var degreesOfFreedom: Double { max(0, squaredWeight - (weight > 0 ? squaredWeight / effectiveCount : 0)) }
        /// Of the mean.
        var variance: Double {
            degreesOfFreedom > 0 ? deviations / degreesOfFreedom / effectiveCount : 0
        }
    }

    package let cohortCount: Int
    package let armCount: Int
    package let outcomeCount: Int
    /// Outcomes x cohorts x arms.
    private var cells: [Cell]

    package init(cohortCount: Int, armCount: Int, outcomeCount: Int) {
        self.cohortCount = cohortCount
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        cells = Array(repeating: Cell(), count: outcomeCount * cohortCount * armCount)
    }

    /// Adds one unit's outcome.
    package mutating func add(_ value: Double, outcome: Int, cohort: Int, arm: Int, weight: Double = 1) {
        cells[(outcome * cohortCount + cohort) * armCount + arm].add(value, weight: weight)
    }

    /// Adds units by their number, and the mean and the mean squared deviation of their outcome.
    mutating func add(count: Double, mean: Double, variance: Double, outcome: Int, cohort: Int, arm: Int) {
        let index = (outcome * cohortCount + cohort) * armCount + arm
        let total = count * mean
        cells[index] =
            cells[index]
            + Cell(
                weight: count, squaredWeight: count, total: total, squaredTotal: total,
                squares: count * (variance + mean * mean))
    }

    func cell(outcome: Int, cohort: Int, arm: Int) -> Cell {
        cells[(outcome * cohortCount + cohort) * armCount + arm]
    }

    /// The sums over several cohorts.
    func pooled(outcome: Int, arm: Int, cohorts: some Sequence<Int>) -> Cell {
        cohorts.reduce(Cell()) { $0 + cell(outcome: outcome, cohort: $1, arm: arm) }
    }

    /// The cohorts' weights of all arms together, which their sizes are proportional to.
    package var sizes: [Double] {
        (0..<cohortCount).map { cohort in
            (0..<armCount).reduce(0) { $0 + cell(outcome: 0, cohort: cohort, arm: $1).weight }
        }
    }
}
