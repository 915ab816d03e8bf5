import Effects
import Experiments

extension PolicyDocument {
    /// The document of a policy.
    /// - Parameters:
    ///   - spec: the experiment's spec, for the learner and its columns.
    ///   - armCosts: arms x outcomes, in the outcomes' own units.
    ///   - covariates: names and encodings, in the experiment's order.
    ///   - models: the learner's; nil for supplied effects.
    package init(
        name: String, spec: ExperimentSpec, space: PolicySpace, knobs: PolicyKnobs, armCosts: [[Double]],
        covariates: [(name: String, encoding: CovariateEncoding)], models: EffectModels?, shares: [Double],
        holdout: Double, estimates: EstimatesEntry, provenance: Provenance
    ) {
        let policy = LinearPolicy(knobs, in: space)
        let arms = space.arms
        let outcomes = space.outcomes.map(\.name)
        func byOutcome(_ values: [Double]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: zip(outcomes, values))
        }
        func byArm(_ values: [Double]) -> [String: Double] { Dictionary(uniqueKeysWithValues: zip(arms, values)) }
        kind = Self.kind
        version = Self.currentVersion
        self.name = name
        self.arms = arms
        self.outcomes = space.outcomes.indices.map { j in
            OutcomeEntry(
                name: outcomes[j], direction: space.outcomes[j].direction, scale: space.outcomes[j].scale,
                centre: space.outcomes[j].centre, armCosts: byArm(armCosts.map { $0[j] }))
        }
        weights = byOutcome(policy.weights)
        biases = byArm(policy.biases)
        self.knobs = KnobsEntry(
            weights: byOutcome(knobs.weights), biases: byArm(knobs.biases), shrinkage: byOutcome(knobs.shrinkage))
        if case .columns(let columns, _) = spec.effects.learner {
            effects = .columns(columns)
            self.covariates = []
        } else {
            effects = .models(
                learner: spec.effects.learner.name,
                (models ?? .outcomes(FoldModels.empty(space))).keeping(policy.weights.map { $0 != 0 }))
            let formats = Dictionary(spec.covariates.map { ($0.column, spec.textFormat(of: $0)) }) { first, _ in first }
            self.covariates = covariates.map {
                CovariateEntry(name: $0.name, encoding: $0.encoding, text: formats[$0.name] ?? nil)
            }
        }
        let unitColumn: String? = if case .column(let column) = spec.unit { column } else { nil }
        assignment = AssignmentEntry(
            seed: spec.splits.seed, foldCount: spec.splits.folds, holdout: holdout, shares: byArm(shares),
            salts: Self.salts, unit: unitColumn, cluster: spec.cluster)
        self.estimates = estimates
        self.provenance = provenance
        selfTest = nil
    }
}

extension PolicyDocument.CovariateEntry {
    init(name: String, encoding: CovariateEncoding, text: TextFormat?) {
        self.name = name
        self.text = text
        switch encoding {
        case .numeric(let centre): (kind, self.centre, levels) = (.numeric, centre, nil)
        case .categorical(let levels): (kind, centre, self.levels) = (.categorical, nil, levels)
        }
    }

    /// The covariate as it is read from a data file of new units.
    /// - Throws: as `encoding`.
    package func source() throws -> CovariateSource.Column {
        CovariateSource.Column(name: name, encoding: try encoding(), text: text)
    }

    /// - Throws: `EspalierError` (.data) where the kind lacks its encoding.
    package func encoding() throws -> CovariateEncoding {
        switch (kind, centre, levels) {
        case (.numeric, let centre?, _): return .numeric(centre: centre)
        case (.categorical, _, let levels?): return .categorical(levels: levels)
        default:
            throw PolicyDocument.malformed("covariate \(name) lacks \(kind == .numeric ? "its centre" : "its levels")")
        }
    }
}

extension FoldModels {
    /// No models at all: effects of 0 everywhere.
    fileprivate static func empty(_ space: PolicySpace) -> FoldModels {
        FoldModels(
            foldCount: 1, armCount: space.armCount, outcomeCount: space.outcomeCount,
            encoding: FeatureEncoding(covariates: [], counting: 0..<0),
            models: Array(repeating: nil, count: space.armCount * space.outcomeCount))
    }
}
