import Runtime

/// The linear programme of an allocation (METHODS 4.2): maximise sum s_c x_ci U_0ci, each cohort's x on the simplex, every
/// limit kept. Each limit has one more column, by which it yields; it is shut until a relaxation is asked for.
///
/// Sizes are scaled to mean 1 and every outcome by the mean size of its effects, because CLP drops coefficients below 1e-9.
final class AllocationProgram {
    let problem: AllocationProblem
    private let program: LinearProgram
    private let scales: [Double]
    /// The limit that each row after those of the cohorts stands for.
    private var limitOfRow: [Int]
    private var cells: Int { problem.cohortCount * problem.armCount }

    init(_ problem: AllocationProblem) {
        self.problem = problem
        let scales = problem.outcomes.indices.map { problem.scale(of: $0) }
        self.scales = scales
        let cohorts = problem.cohortCount
        var matrix = LinearProgram.Matrix()
        for cell in 0..<cohorts * problem.armCount {
            let cohort = cell / problem.armCount
            matrix.add(row: cohort, 1)
            for (k, limit) in problem.limits.enumerated() {
                let effect = limit.sign * problem.outcomes[limit.outcome].means[cell] / scales[limit.outcome]
                matrix.add(row: cohorts + k, problem.sizes[cohort] * Double(cohorts) * effect)
            }
            matrix.endColumn()
        }
        for k in problem.limits.indices {
            matrix.add(row: cohorts + k, -Double(cohorts))
            matrix.endColumn()
        }
        limitOfRow = Array(problem.limits.indices)
        let rows = problem.sizes.map { _ in (lower: 1.0, upper: 1.0) }
        let limits = problem.limits.map { limit in
            (
                lower: -Double.greatestFiniteMagnitude,
                upper: Double(cohorts) * limit.sign * limit.threshold / scales[limit.outcome]
            )
        }
        program = LinearProgram(
            matrix,
            upper: (0..<cohorts * problem.armCount).map { _ in 1 } + problem.limits.map { _ in 0 },
            cost: Self.objective(problem, scale: scales[0]), rows: rows + limits)
    }

    private static func objective(_ problem: AllocationProblem, scale: Double) -> [Double] {
        let cohorts = Double(problem.cohortCount)
        return problem.objective.means.indices.map { cell in
            -problem.objective.means[cell] / scale * problem.sizes[cell / problem.armCount] * cohorts
        } + problem.limits.map { _ in 0 }
    }

    var iterations: Int { program.iterations }

    /// Moves the threshold of a limit, or takes the limit away; later solutions are those of the moved one.
    func move(limit k: Int, to threshold: Double?) {
        let limit = problem.limits[k]
        let bound =
            threshold.map { Double(problem.cohortCount) * limit.sign * $0 / scales[limit.outcome] }
            ?? .greatestFiniteMagnitude
        for (row, other) in limitOfRow.enumerated() where other == k {
            program.setUpper(row: problem.cohortCount + row, bound)
        }
    }

    /// Adds a row that holds for a limit: sum weight(cell) s_c x_cell <= its threshold as a cost.
    func addCut(limit k: Int, weights: [Double]) {
        let limit = problem.limits[k]
        let cohorts = Double(problem.cohortCount)
        let factors = weights.indices.map {
            weights[$0] / scales[limit.outcome] * problem.sizes[$0 / problem.armCount] * cohorts
        }
        program.addRow(
            columns: (0..<cells).map { Int32($0) } + [Int32(cells + k)], values: factors + [-cohorts],
            upper: cohorts * limit.sign * limit.threshold / scales[limit.outcome])
        limitOfRow.append(k)
    }

    /// - Returns: nil where the limits cannot all be kept.
    func solve() throws -> CohortShares? {
        try program.solve() ? shares : nil
    }

    private var shares: CohortShares {
        CohortShares(rounding: Array(program.primal.prefix(cells)), armCount: problem.armCount)
    }

    /// What the objective gains when a limit yields by one unit of its outcome.
    var prices: [Double] {
        var prices = problem.limits.map { _ in 0.0 }
        let duals = program.rowDuals
        for (row, k) in limitOfRow.enumerated() {
            prices[k] += max(0, -duals[problem.cohortCount + row]) * scales[0] / scales[problem.limits[k].outcome]
        }
        return prices
    }

    /// Minimises the outcome of a limit, as a cost, instead of maximising the objective.
    func tighten(_ k: Int) {
        let limit = problem.limits[k]
        let means = problem.outcomes[limit.outcome].means
        let cohorts = Double(problem.cohortCount)
        program.setCost(
            means.indices.map {
                limit.sign * means[$0] / scales[limit.outcome] * problem.sizes[$0 / problem.armCount] * cohorts
            } + problem.limits.map { _ in 0 })
    }

    /// Goes back to maximising the objective.
    func maximise() { program.setCost(Self.objective(problem, scale: scales[0])) }

    /// Lets the limits of `yielding` give way as little as possible in sum, each measured by the mean size of its outcome's
    /// effects, instead of maximising the objective.
    func relax(_ yielding: Set<Int>) {
        program.setCost((0..<cells).map { _ in 0 } + problem.limits.indices.map { yielding.contains($0) ? 1 : 0 })
        for k in problem.limits.indices {
            program.setUpper(column: cells + k, yielding.contains(k) ? .greatestFiniteMagnitude : 0)
        }
    }

    /// How far each limit gives way in the last relaxation, in its outcome's unit, and whether it resists: the relaxation
    /// would be smaller if it did less.
    var yields: [(amount: Double, resists: Bool)] {
        let primal = program.primal
        let duals = program.rowDuals
        return problem.limits.indices.map { k in
            let resists = limitOfRow.enumerated().contains { row, limit in
                limit == k && duals[problem.cohortCount + row] * Double(problem.cohortCount) < -1e-6
            }
            return (primal[cells + k] * scales[problem.limits[k].outcome], resists)
        }
    }
}
