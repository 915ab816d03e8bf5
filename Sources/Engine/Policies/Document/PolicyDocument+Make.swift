import Effects
import Experiments

extension PolicyDocument {
    /// What documents of every kind are made of.
    package struct Origin: Sendable {
        package let name: String
        /// The experiment's spec, for the learner, its columns and the unit.
        package let spec: ExperimentSpec
        package let space: PolicySpace
        /// Arms x outcomes, in the outcomes' own units.
        package let armCosts: [[Double]]
        /// Names and encodings, in the experiment's order.
        package let covariates: [(name: String, encoding: CovariateEncoding)]
        /// Planned, by arm.
        package let shares: [Double]
        package let holdout: Double
        package let exploration: ExplorationEntry?
        package let estimates: EstimatesEntry
        package let provenance: Provenance

        package init(
            name: String, spec: ExperimentSpec, space: PolicySpace, armCosts: [[Double]],
            covariates: [(name: String, encoding: CovariateEncoding)], shares: [Double], holdout: Double,
            exploration: ExplorationEntry? = nil, estimates: EstimatesEntry, provenance: Provenance
        ) {
            self.name = name
            self.spec = spec
            self.space = space
            self.armCosts = armCosts
            self.covariates = covariates
            self.shares = shares
            self.holdout = holdout
            self.exploration = exploration
            self.estimates = estimates
            self.provenance = provenance
        }

        fileprivate func byOutcome(_ values: [Double]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), values))
        }

        fileprivate func byArm(_ values: [Double]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: zip(space.arms, values))
        }

        fileprivate func covariateEntries(_ indices: some Sequence<Int>) -> [CovariateEntry] {
            let formats = Dictionary(spec.covariates.map { ($0.column, spec.textFormat(of: $0)) }) { first, _ in first }
            return indices.map {
                let covariate = covariates[$0]
                return CovariateEntry(
                    name: covariate.name, encoding: covariate.encoding, text: formats[covariate.name] ?? nil)
            }
        }
    }

    /// The document of a linear policy.
    /// - Parameter models: the learner's; nil for supplied effects.
    package init(_ origin: Origin, knobs: PolicyKnobs, models: EffectModels?) {
        let (spec, space) = (origin.spec, origin.space)
        let policy = LinearPolicy(knobs, in: space)
        let effects: EffectsEntry
        let covariates: [CovariateEntry]
        if case .columns(let columns, _) = spec.effects.learner {
            effects = .columns(columns)
            covariates = []
        } else {
            effects = .models(
                learner: spec.effects.learner.name,
                (models ?? .outcomes(FoldModels.empty(space))).keeping(policy.weights.map { $0 != 0 }))
            covariates = origin.covariateEntries(origin.covariates.indices)
        }
        self.init(
            origin,
            .linear(
                LinearRule(
                    weights: origin.byOutcome(policy.weights), biases: origin.byArm(policy.biases),
                    knobs: KnobsEntry(
                        weights: origin.byOutcome(knobs.weights), biases: origin.byArm(knobs.biases),
                        shrinkage: origin.byOutcome(knobs.shrinkage)), effects: effects)), covariates)
    }

    /// The document of a policy by cohorts; covariates that no tree asks for stay out of it.
    package init(_ origin: Origin, policy: CohortPolicy, rules: CohortRules) {
        let used = rules.covariates
        let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        let own = CohortRules(
            kind: rules.kind, trees: rules.trees.map { $0.renumbered(places) }, cohorts: rules.cohorts,
            texts: rules.texts)
        self.init(
            origin, .cohort(CohortRule(rules: own, shares: policy.shares)), origin.covariateEntries(used))
    }

    /// The document of a policy by a ranking; covariates that no feature reads stay out of it.
    package init(_ origin: Origin, policy: RankingPolicy, rules: RankingRules) {
        let used = rules.covariates
        let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        self.init(
            origin, .ranking(RankingRule(rules: rules.renumbered(places), arm: origin.space.arms[policy.arm])),
            origin.covariateEntries(used))
    }

    private init(_ origin: Origin, _ rule: Rule, _ covariates: [CovariateEntry]) {
        let (spec, space) = (origin.spec, origin.space)
        let isExploring = origin.exploration != nil
        version =
            spec.splits.rule == .md5
            ? Self.currentVersion : isExploring ? Self.exploringVersion : Self.plainVersion
        name = origin.name
        arms = space.arms
        outcomes = space.outcomes.indices.map { j in
            OutcomeEntry(
                name: space.outcomes[j].name, direction: space.outcomes[j].direction, scale: space.outcomes[j].scale,
                centre: space.outcomes[j].centre, armCosts: origin.byArm(origin.armCosts.map { $0[j] }))
        }
        self.rule = rule
        self.covariates = covariates
        let unitColumn: String? = if case .column(let column) = spec.unit { column } else { nil }
        let salts = AssignmentEntry.Salts(
            fold: Self.salts.fold, holdout: Self.salts.holdout, holdoutArm: Self.salts.holdoutArm,
            cohortArm: rule.kind == .cohort ? Self.salts.cohortArm : nil,
            exploration: isExploring ? Self.salts.exploration : nil,
            explorationArm: isExploring ? Self.salts.explorationArm : nil)
        assignment = AssignmentEntry(
            seed: spec.splits.seed, foldCount: spec.splits.folds, holdout: origin.holdout,
            shares: origin.byArm(origin.shares), salts: salts, unit: unitColumn, cluster: spec.cluster,
            exploration: origin.exploration, rule: spec.splits.rule)
        estimates = origin.estimates
        provenance = origin.provenance
        selfTest = nil
        launch = nil
    }

    /// The same as it is launched.
    package func launched(_ entry: LaunchEntry) -> PolicyDocument {
        var document = self
        document.launch = entry
        return document
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
