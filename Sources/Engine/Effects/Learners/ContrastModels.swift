import Experiments
import Runtime

/// The K x (arms - 1) x outcomes models of effects of one learner: model (k, i, j) gives arm i's effect on outcome j and
/// never saw fold k.
package struct ContrastModels: Sendable, Equatable, Codable {
    package let foldCount: Int
    /// Control included.
    package let armCount: Int
    package let outcomeCount: Int
    package let encoding: FeatureEncoding
    /// At fold * contrasts + `ContrastIndex.position`; nil where an outcome was left out of an export.
    package let models: [EffectModel?]
    /// A representation whose values the models read in place of features; nil where they read features.
    package let embedding: Embedding?

    package init(
        foldCount: Int, armCount: Int, outcomeCount: Int, encoding: FeatureEncoding, models: [EffectModel?],
        embedding: Embedding? = nil
    ) {
        self.embedding = embedding
        precondition(models.count == foldCount * (armCount - 1) * outcomeCount)
        self.foldCount = foldCount
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.encoding = encoding
        self.models = models
    }

    /// The same for export: without the models of outcomes that are not wanted, and without errors.
    package func keeping(_ wanted: [Bool]) -> ContrastModels {
        ContrastModels(
            foldCount: foldCount, armCount: armCount, outcomeCount: outcomeCount, encoding: encoding,
            models: models.indices.map { wanted[$0 % outcomeCount] ? models[$0]?.withoutErrors : nil },
            embedding: embedding)
    }

    /// The same models, which read a representation.
    func reading(_ embedding: Embedding) -> ContrastModels {
        ContrastModels(
            foldCount: foldCount, armCount: armCount, outcomeCount: outcomeCount, encoding: encoding, models: models,
            embedding: embedding)
    }

    /// Whether a model reads what there is: features of the encoding, or values of the representation.
    package func isReadable(_ model: EffectModel, covariateCount: Int) -> Bool {
        guard let embedding else { return model.reads(encoding, covariateCount: covariateCount) }
        guard embedding.isSound(covariateCount: covariateCount) else { return false }
        return switch model {
        case .linear(let linear): linear.terms.allSatisfy { (0..<embedding.dimension).contains($0.feature) }
        // Means alone read nothing.
        case .boosted(let boosted): boosted.trees.isEmpty
        case .blend, .rules, .forest, .difference, .stack: false
        }
    }

    /// tau of every unit by its own fold's models; zeros for outcomes left out.
    package func estimates(_ columns: [[Float]], folds: [UInt8], context: RunContext) throws -> EffectEstimates {
        let cells = (armCount - 1) * outcomeCount
        let values = try score(columns, folds: folds, context: context) { model, rows in
            try model.predict(rows, cancellation: context.cancellation)
        }
        return EffectEstimates(
            armCount: armCount, outcomeCount: outcomeCount,
            columns: (0..<cells).map { values[$0].isEmpty ? Array(repeating: 0, count: folds.count) : values[$0] })
    }

    /// The standard errors of `estimates`, where every model has them.
    package func standardErrors(_ columns: [[Float]], folds: [UInt8], context: RunContext) throws -> EffectEstimates? {
        guard folds.isEmpty || models.contains(where: { $0?.hasStandardErrors == true }) else { return nil }
        let values = try score(columns, folds: folds, context: context) { model, rows in
            try model.standardErrors(rows, cancellation: context.cancellation) ?? []
        }
        guard folds.isEmpty || values.allSatisfy({ !$0.isEmpty }) else { return nil }
        return EffectEstimates(armCount: armCount, outcomeCount: outcomeCount, columns: values)
    }

    private func score(
        _ columns: [[Float]], folds: [UInt8], context: RunContext,
        _ value: @escaping @Sendable (EffectModel, ScoredRows) throws -> [Float]
    ) throws -> [[Float]] {
        let cells = (armCount - 1) * outcomeCount
        return try ScoredRows.score(
            columns, folds: folds, foldCount: foldCount, encoding: embedding == nil ? encoding : .empty, count: cells,
            context: context
        ) { rows in
            let rows = embedding.map { rows.embedded($0) } ?? rows
            return try (0..<cells).map { cell in try models[rows.fold * cells + cell].map { try value($0, rows) } ?? []
            }
        }
    }
}
