import Experiments
import Runtime

/// K x arms x outcomes models of the outcomes: model (k, i, j) predicts outcome j in arm i and never saw fold k
/// (METHODS section 0: every unit, tune, confirm or new, is scored by the models of its own fold).
package struct FoldModels: Sendable, Equatable, Codable {
    package let foldCount: Int
    package let armCount: Int
    package let outcomeCount: Int
    package let encoding: FeatureEncoding
    /// At (fold * arms + arm) * outcomes + outcome; nil where an outcome was left out of an export.
    package let models: [BoostedModel?]

    package init(
        foldCount: Int, armCount: Int, outcomeCount: Int, encoding: FeatureEncoding, models: [BoostedModel?]
    ) {
        precondition(models.count == foldCount * armCount * outcomeCount)
        self.foldCount = foldCount
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.encoding = encoding
        self.models = models
    }

    /// The same without the models of outcomes that are not wanted.
    package func keeping(_ wanted: [Bool]) -> FoldModels {
        FoldModels(
            foldCount: foldCount, armCount: armCount, outcomeCount: outcomeCount, encoding: encoding,
            models: models.indices.map { wanted[$0 % outcomeCount] ? models[$0] : nil })
    }

    /// mu_ij(x) of every unit by its own fold's models: arms x outcomes columns at arm * outcomes + outcome, scaled and
    /// gross; empty for outcomes left out.
    /// - Parameters:
    ///   - columns: encoded covariates, one column each.
    ///   - folds: the fold of every unit.
    package func predict(_ columns: [[Float]], folds: [UInt8], context: RunContext) throws -> [[Float]] {
        let cells = armCount * outcomeCount
        // Means alone read no feature.
        let encoding = models.allSatisfy { $0?.trees.isEmpty ?? true } ? FeatureEncoding.empty : encoding
        return try ScoredRows.score(
            columns, folds: folds, foldCount: foldCount, encoding: encoding, count: cells, context: context
        ) { rows in
            (0..<cells).map { cell in
                models[rows.fold * cells + cell]?.predict(
                    features: rows.features, width: rows.width, rows: rows.units.count) ?? []
            }
        }
    }

    /// tau_ij = mu_ij - mu_0j from predictions; zeros for outcomes left out.
    package static func effects(
        _ predictions: [[Float]], armCount: Int, outcomeCount: Int, unitCount: Int
    ) -> EffectEstimates {
        let columns = ContrastIndex.all(arms: armCount, outcomes: outcomeCount).map { contrast -> [Float] in
            let treated = predictions[contrast.arm * outcomeCount + contrast.outcome]
            guard !treated.isEmpty else { return Array(repeating: 0, count: unitCount) }
            return zip(treated, predictions[contrast.outcome]).map { $0 - $1 }
        }
        return EffectEstimates(armCount: armCount, outcomeCount: outcomeCount, columns: columns)
    }
}
