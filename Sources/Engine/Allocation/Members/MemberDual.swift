import Runtime

/// The dual of a member-level problem: for prices l of the limits, the mean of every unit's best utility plus what the
/// limits are worth (METHODS 4.5). Outcomes are measured by the mean size of their effects, so that prices are near 1.
struct MemberDual: Sendable {
    let limits: [AllocationLimit]
    /// By outcome.
    let scales: [Double]
    /// Weight of the objective: 1, or 0 in phase 1.
    var objectiveWeight = 1.0

    /// The utility's weight of every outcome.
    func weights(_ prices: [Double]) -> [Double] {
        var weights = scales.indices.map { $0 == 0 ? objectiveWeight / scales[0] : 0 }
        for (limit, price) in zip(limits, prices) {
            weights[limit.outcome] -= limit.sign * price / scales[limit.outcome]
        }
        return weights
    }

    /// How far the weights move when prices move by `reach`.
    func reach(_ reach: [Double]) -> [Double] {
        var moves = scales.map { _ in 0.0 }
        for (limit, price) in zip(limits, reach) { moves[limit.outcome] += price / scales[limit.outcome] }
        return moves
    }

    /// The plane of an assignment with these sums of chosen effects over `units` units.
    func plane(_ sums: [Double], units: Int) -> CuttingPlanes.Plane {
        let means = zip(sums, scales).map { $0 / Double(units) / $1 }
        return CuttingPlanes.Plane(
            constant: objectiveWeight * means[0],
            slopes: limits.map { $0.sign * ($0.threshold / scales[$0.outcome] - means[$0.outcome]) })
    }

    /// Prices of the limits in the outcomes' own units.
    func unscaled(_ prices: [Double]) -> [Double] {
        zip(limits, prices).map { $1 * scales[0] / scales[$0.outcome] }
    }
}
