/// The best objective as one limit moves and the others stay: a concave curve, whose slope is the limit's price.
package struct LimitCurve: Sendable, Equatable {
    package struct Point: Sendable, Equatable {
        package let threshold: Double
        package let objective: Double
        /// What the objective gains when the limit yields by one unit.
        package let price: Double
    }

    /// Index into the problem's limits.
    package let limit: Int
    /// From the tightest threshold that the other limits allow to the one from which the limit costs nothing.
    package let points: [Point]

    /// nil where the other limits cannot be kept.
    /// - Parameters:
    ///   - count: of points, evenly spaced, at least 2.
    /// - Throws: `EspalierError` (.internal) where CLP gives up.
    /// - Complexity: one solution from scratch, and one from the last basis for every point.
    package init?(of problem: AllocationProblem, along limit: Int, count: Int) throws {
        precondition(count >= 2)
        let effects = problem.outcomes[problem.limits[limit].outcome].means
        let program = AllocationProgram(problem)
        program.move(limit: limit, to: nil)
        guard let free = try program.solve() else { return nil }
        program.tighten(limit)
        guard let strict = try program.solve() else { return nil }
        program.maximise()
        let slack = free.value(of: effects, sizes: problem.sizes)
        let tightest = strict.value(of: effects, sizes: problem.sizes)
        var points: [Point] = []
        // From the free end on: every step changes the last basis a little.
        for index in (0..<count).reversed() {
            let share = Double(index) / Double(count - 1)
            // The end itself is open: rounding would put it outside.
            let threshold = tightest + (slack - tightest) * max(share, 1e-7)
            program.move(limit: limit, to: threshold)
            guard let shares = try program.solve() else { continue }
            points.append(
                Point(
                    threshold: threshold, objective: shares.value(of: problem.objective.means, sizes: problem.sizes),
                    price: program.prices[limit]))
        }
        self.limit = limit
        self.points = points.reversed()
    }
}
