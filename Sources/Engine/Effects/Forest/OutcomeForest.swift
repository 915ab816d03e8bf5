import Runtime

/// m(x) = E[Y | x] of a forest's own training units, each by the trees that did not see it: the cheap nuisance of a causal
/// forest. Its trees use the whole subsample, as out-of-bag predictions need no honesty.
enum OutcomeForest {
    /// - Parameter columns: encoded covariates of all rows.
    /// - Returns: by row of the experiment; 0 for rows outside the sample.
    /// - Throws: `CancellationError`.
    static func outOfBag(
        _ sample: ForestSample, binned: BinnedCovariates, columns: [[Float]], settings: ForestSettings, seed: UInt64,
        context: RunContext
    ) throws -> [Float] {
        var own = settings
        own.subsample = 0.5
        own.minimumNode = max(settings.minimumNode, 5)
        let growth = ForestGrowth(
            binned: binned, sample: sample, target: .outcome, settings: own, seed: StableHash.mix(seed),
            treatment: Array(repeating: 0, count: sample.outcome.count), outcome: sample.outcome, honest: false)
        let trees = try growth.trees(
            bags: (settings.outcomeTrees + 1) / 2, phase: "growing the outcome's forest", context: context)
        let bags = (0..<trees.count / 2).map { ForestBag($0, seed: growth.seed, settings: own) }
        let keys = sample.keys
        let scoring = ForestScoring(trees: trees, columns: columns) { bags[$0].contains(keys[$1]) }
        let units = sample.rows.map { Int($0) }
        let mean = Float(
            units.reduce(0.0) { $0 + Double(sample.outcome[$1]) } / Double(max(1, units.count)))
        let predictions = try scoring.map(units, context: context) { chunk in
            (0..<chunk.units.count).map { position -> Float in
                var (sum, count) = (0.0, 0.0)
                for tree in trees.indices {
                    if let lanes = chunk.lanes(tree: tree, position: position) {
                        sum += lanes[1]
                        count += 1
                    }
                }
                return count > 0 ? Float(sum / count) : mean
            }
        }
        var column = [Float](repeating: 0, count: sample.outcome.count)
        for (unit, prediction) in zip(units, predictions) { column[unit] = prediction }
        return column
    }
}
