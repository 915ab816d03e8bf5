import Runtime

/// Propensities of arms that were not randomised, estimated from the covariates: every unit's by a model that never saw its
/// fold, fitted on tune units only, and the units that could hardly have had some arm marked (METHODS section 0).
struct EstimatedPropensity: Sendable {
    /// One column per arm, in canonical order, each row summing to 1.
    let columns: [[Float]]
    /// Whether every arm's propensity reaches the limit.
    let overlaps: [Bool]
    let limit: Double

    /// Units that a model is fitted on at most, evenly spaced in the canonical order of hashed keys.
    private static let fittedUnits = 200_000

    /// The smallest propensity that is kept where the spec sets none: 0.1 for two arms (Crump, Hotz, Imbens & Mitnik 2009),
    /// as far from an even share for more.
    static func standardLimit(armCount: Int) -> Double { 0.2 / Double(armCount) }

    /// - Parameters:
    ///   - covariates: encoded, in canonical order.
    ///   - keys: of all units, tune first.
    /// - Throws: `CancellationError`.
    init(
        _ covariates: [Covariate], assignment: [UInt8], armCount: Int, keys: [UInt64], tuneCount: Int,
        rule: SplitRule, trim: Double?, context: RunContext
    ) throws {
        let design = CovariateDesign(covariates, isFlexible: true).columns
        let folds = rule.folds(keys)
        context.report(Progress(phase: "estimating propensities", done: 0, total: rule.foldCount))
        let parts = try context.workers.map(rule.foldCount) { fold -> (units: [Int], probabilities: [[Double]]) in
            let others = (0..<tuneCount).filter { Int(folds[$0]) != fold }
            let step = max(1, (others.count + Self.fittedUnits - 1) / Self.fittedUnits)
            let model = try MultinomialLogit(
                design, rows: stride(from: 0, to: others.count, by: step).map { others[$0] }, classes: assignment,
                classCount: armCount, cancellation: context.cancellation)
            let own = keys.indices.filter { Int(folds[$0]) == fold }
            return (own, model.predict(design, rows: own))
        }
        var columns = [[Float]](repeating: [Float](repeating: 0, count: keys.count), count: armCount)
        var overlaps = [Bool](repeating: true, count: keys.count)
        let limit = trim ?? Self.standardLimit(armCount: armCount)
        for part in parts {
            for (unit, probabilities) in zip(part.units, part.probabilities) {
                for arm in 0..<armCount { columns[arm][unit] = Float(probabilities[arm]) }
                overlaps[unit] = (probabilities.min() ?? 0) >= limit
            }
        }
        self.columns = columns
        self.overlaps = overlaps
        self.limit = limit
    }
}
