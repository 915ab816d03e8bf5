/// Cohorts by quantiles of named covariates (S0's heuristic cohorts): cells of a grid.
struct HeuristicCohorts: Sendable, Equatable {
    /// Ascending cuts of every covariate; a value above k of them is in part k.
    let cuts: [[Double]]

    /// - Parameters:
    ///   - columns: the covariates' values.
    ///   - parts: of about equal size, one number for each covariate.
    init(_ columns: [[Double]], parts: [Int]) {
        cuts = zip(columns, parts).map { column, parts in
            let sorted = column.sorted()
            return (1..<max(1, parts)).map { sorted[(sorted.count - 1) * $0 / parts] }
        }
    }

    var count: Int { cuts.reduce(1) { $0 * ($1.count + 1) } }

    func cohort(_ values: [Double]) -> Int {
        zip(values, cuts).reduce(0) { cohort, next in
            cohort * (next.1.count + 1) + next.1.count { next.0 > $0 }
        }
    }
}
