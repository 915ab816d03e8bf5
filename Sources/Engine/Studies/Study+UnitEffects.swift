import Effects
import Experiments
import Runtime

extension Study {
    /// The effects of the study's own units, each by models that have not seen it, in the study's order.
    ///
    /// The data are read again only where the learner has standard errors, which studies do not keep.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func ownEffects(context: RunContext) throws -> UnitEffects {
        try requireUnits(for: "an effect for every unit")
        let learner = LearnerRegistry(description.spec.effects).own.learner
        guard learner.capabilities.intervals, case .pairs(let models)? = try file.models() else {
            return UnitEffects(estimates: units.estimates, standardErrors: nil)
        }
        let experiment = try readExperiment(context: context)
        return UnitEffects(
            estimates: units.estimates,
            standardErrors: try models.standardErrors(
                experiment.covariates.map(\.values), folds: experiment.splitRule.folds(units.splitKeys),
                context: context))
    }

    /// The effects of new units, each by the models of the fold that its id falls in.
    /// - Parameter path: their data file, or `-` for standard input; memory does not grow with it.
    /// - Throws: as `CovariateSource.stream`; what `each` throws.
    package func streamEffects(
        of path: String, context: RunContext, each: (_ ids: [String], UnitEffects) throws -> Void
    ) throws -> CovariateNotes {
        try requireUnits(for: "an effect for every unit")
        let spec = description.spec
        let models = try file.models()
        let supplied = suppliedColumns
        let formats = Dictionary(spec.covariates.map { ($0.column, spec.textFormat(of: $0)) }) { first, _ in first }
        let source = CovariateSource(
            path: path, unit: spec.unit, cluster: models == nil ? nil : spec.cluster, splits: SplitRule(spec.splits),
            covariates: models == nil
                ? []
                : description.covariates.map {
                    CovariateSource.Column(name: $0.name, encoding: $0.encoding, text: formats[$0.name] ?? nil)
                }, extras: supplied)
        let rule = SplitRule(spec.splits)
        return try source.stream(context: context) { table in
            let columns = table.covariates.map(\.values)
            let folds = rule.folds(table.splitKeys)
            guard let models else {
                try each(table.ids.texts, UnitEffects(estimates: suppliedEffects(supplied, table), standardErrors: nil))
                return
            }
            var errors: EffectEstimates?
            if case .pairs(let pairs) = models {
                errors = try pairs.standardErrors(columns, folds: folds, context: context)
            }
            try each(
                table.ids.texts,
                UnitEffects(
                    estimates: try models.estimates(columns, folds: folds, context: context), standardErrors: errors))
        }
    }

    /// The columns of supplied effects, at (arm - 1) * outcomes + outcome; empty where effects are estimated.
    private var suppliedColumns: [String] {
        guard case .columns(let columns, _) = description.spec.effects.learner else { return [] }
        return space.arms.dropFirst().flatMap { arm in space.outcomes.map { columns[arm]?[$0.name] ?? "" } }
    }

    private func suppliedEffects(_ columns: [String], _ table: CovariateTable) -> EffectEstimates {
        EffectEstimates(
            armCount: space.armCount, outcomeCount: space.outcomeCount,
            columns: columns.enumerated().map { index, name in
                SuppliedEffects.scaled(
                    ScaledColumn(centre: 0, scale: 1, values: (table.extras[name] ?? []).map { Float($0) }),
                    by: space.outcomes[index % space.outcomeCount].scale)
            })
    }
}
