import Statistics

/// Intervals of several estimates that hold jointly, from bootstrap draws made together: each reaches as many of its own
/// standard errors as the largest deviation of all reaches in 95% of the draws (max-t).
struct MaximumIntervals {
    /// One per estimate; nil where its draws are undefined too often.
    let intervals: [Interval?]

    /// - Parameters:
    ///   - draws: by estimate, one per replicate; NaN where undefined.
    ///   - stretch: how much wider all of them are for few clusters.
    init(values: [Double], draws: [[Double]], level: Double, stretch: Double = 1) {
        let scales = draws.map { Self.scale($0, level: level) }
        let bounded = values.indices.filter { scales[$0] != nil }
        var largest: [Double] = []
        for replicate in draws.first?.indices ?? 0..<0 {
            let deviations = bounded.map { index -> Double in
                let deviation = abs(draws[index][replicate] - values[index])
                // Estimates that do not vary never deviate.
                return deviation == 0 ? 0 : deviation / scales[index]!
            }
            // An undefined draw is as far away as can be.
            largest.append(deviations.contains { $0.isNaN } ? .infinity : deviations.max() ?? 0)
        }
        largest.sort()
        intervals = values.indices.map { index in
            guard let scale = scales[index], !largest.isEmpty else { return nil }
            let reach = stretch * CurveEstimate.quantile(largest, level) * scale
            guard reach.isFinite else { return nil }
            return Interval(low: values[index] - reach, high: values[index] + reach)
        }
    }

    /// Half the distance between the 16% and 84% points: a standard error that a few draws near a zero denominator do not
    /// blow up.
    private static func scale(_ draws: [Double], level: Double) -> Double? {
        guard CurveEstimate.interval(draws, level: level) != nil else { return nil }
        let sorted = draws.filter { $0.isFinite }.sorted()
        return
            (CurveEstimate.quantile(sorted, Normal.cumulative(1))
            - CurveEstimate.quantile(sorted, Normal.cumulative(-1)))
            / 2
    }
}
