import Runtime

/// Minimises the dual over all units where a sample says the minimum is. In a box around it most units take one arm whatever
/// the prices: their sums are taken once, and only the open units are passed over again. A minimum inside the box is the
/// minimum, because the dual is convex; one at its edge moves the box.
struct LocalisedDual {
    let dual: MemberDual
    let effects: MemberEffects
    /// Largest price considered, scaled.
    let ceiling: [Double]
    let context: RunContext

    struct Result {
        var minimum: CuttingPlanes.Minimum
        var screening: MemberPasses.Screening
        /// The effects of the open units.
        var open: MemberEffects
        /// The prices for which the screening holds.
        var box: (lower: [Double], upper: [Double])
        var steps: Int

        func holds(_ prices: [Double]) -> Bool {
            prices.indices.allSatisfy { box.lower[$0] <= prices[$0] && prices[$0] <= box.upper[$0] }
        }
    }

    /// Units that are cheaper to pass over than to sample.
    private static let sampleSize = 25_000
    /// Half the box's width at first, in scaled prices.
    private static let firstRadius = 0.02

    func minimise() throws -> Result {
        let free = (lower: ceiling.map { _ in 0.0 }, upper: ceiling)
        let stride = effects.unitCount / Self.sampleSize
        guard stride > 1, !ceiling.isEmpty else { return try minimise(in: free, from: free.lower) }
        let sample = effects.gathered(Swift.stride(from: 0, to: effects.unitCount, by: stride).map { UInt32($0) })
        let passes = MemberPasses(effects: sample, workers: context.workers)
        var planes = CuttingPlanes(lower: free.lower, upper: free.upper)
        planes.tolerance = 1e-6
        var steps = 0
        var centre = try planes.minimise(from: free.lower) { prices in
            try context.cancellation.check()
            steps += 1
            return dual.plane(try passes.sums(dual.weights(prices)), units: sample.unitCount)
        }.point
        var radius = Self.firstRadius
        while radius < 1 {
            let box = (
                lower: centre.map { max(0, $0 - radius * max(1, $0)) },
                upper: zip(centre, ceiling).map { min($1, $0 + radius * max(1, $0)) }
            )
            var result = try minimise(in: box, from: centre)
            steps += result.steps
            result.steps = steps
            let point = result.minimum.point
            let isInside = point.indices.allSatisfy { k in
                let margin = 1e-3 * radius
                return (point[k] > box.lower[k] + margin || box.lower[k] == 0)
                    && (point[k] < box.upper[k] - margin || box.upper[k] == ceiling[k])
            }
            if isInside { return result }
            centre = point
            radius *= 3
        }
        return try minimise(in: free, from: centre)
    }

    private func minimise(in box: (lower: [Double], upper: [Double]), from start: [Double]) throws -> Result {
        let centre = zip(box.lower, box.upper).map { ($0 + $1) / 2 }
        let reach = zip(box.lower, box.upper).map { ($1 - $0) / 2 }
        let screening = try MemberPasses(effects: effects, workers: context.workers).screen(
            dual.weights(centre), reach: dual.reach(reach))
        let open = effects.gathered(screening.open)
        let passes = MemberPasses(effects: open, workers: context.workers)
        let minimum = try CuttingPlanes(lower: box.lower, upper: box.upper).minimise(from: start) { prices in
            try context.cancellation.check()
            let sums = zip(try passes.sums(dual.weights(prices)), screening.closedSums).map { $0 + $1 }
            return dual.plane(sums, units: effects.unitCount)
        }
        return Result(minimum: minimum, screening: screening, open: open, box: box, steps: minimum.steps)
    }
}
