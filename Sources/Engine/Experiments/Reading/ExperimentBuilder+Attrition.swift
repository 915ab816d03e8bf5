import Runtime

extension ExperimentBuilder {
    /// All units of the arms, where some are left out for a missing outcome.
    func orderBeforeDropping(_ kept: [UInt32]) throws -> CanonicalOrder? {
        guard spec.treatment.assignment.isRandomised else { return nil }
        let all = (0..<UInt32(table.recordCount)).filter { arms.keeps(Int($0)) }
        guard all.count > kept.count else { return nil }
        return try CanonicalOrder(
            keys: keys(), splitKeys: splitKeys, kept: all, rule: splitRule, workers: context.workers)
    }

    /// What is known of all units, without outcomes.
    func unitsBeforeDropping(
        _ order: CanonicalOrder, _ covariates: [(covariate: Covariate, before: [Float]?)]
    ) throws -> Experiment {
        Experiment(
            spec: spec, arms: arms.names, outcomes: [],
            covariates: covariates.map {
                Covariate(name: $0.covariate.name, encoding: $0.covariate.encoding, values: $0.before ?? [])
            },
            units: Units(
                keys: order.keys, rows: order.records.map { table.fileRecord(of: Int($0)) + 1 },
                clusters: clusters.map { order.gather($0) }, splitKeys: splitKeys.map { order.gather($0) }),
            assignment: order.gather(arms.assignment),
            propensity: try PropensityColumns(
                treatment: spec.treatment, arms: arms.names, table: table, file: file, isKept: arms.keeps
            ).propensity(order), splitRule: splitRule, tuneCount: order.tuneCount, suppliedEffects: [],
            dataDigest: digest, droppedCount: 0)
    }

    /// What was read of all units besides covariates and outcomes.
    struct BeforeExposure {
        /// By outcome.
        let preperiods: [ScaledColumn?]
        let suppliedEffects: [ScaledColumn]
    }

    func beforeExposure(_ order: CanonicalOrder) throws -> BeforeExposure {
        BeforeExposure(
            preperiods: try spec.outcomes.map { try preperiod($0, order) }, suppliedEffects: try suppliedEffects(order))
    }

    /// The experiment of all units, its outcomes completed where they were not seen.
    /// - Parameters:
    ///   - observed: the experiment of the units whose outcomes were seen.
    ///   - everyone: all units, without outcomes, in the order given.
    /// - Throws: `EspalierError(.data)`; `CancellationError`.
    func weightedForDropOut(
        _ observed: Experiment, _ everyone: Experiment, _ order: CanonicalOrder, _ columns: [OutcomeColumns],
        _ before: BeforeExposure
    ) throws -> (experiment: Experiment, denominators: [DenominatorNotes]) {
        let folds = splitRule.folds(everyone.units.splitKeys)
        let runs = everyone.units.clusters.map { ClusterRuns($0, units: everyone.tune) }
        let assignment = everyone.assignment
        // Outcomes that are missing together share their weights.
        var known: [(isSeen: [Bool], weights: DropOutWeights)] = []
        var outcomes: [Outcome] = []
        var denominators: [DenominatorNotes] = []
        for (column, preperiod) in zip(columns, before.preperiods) {
            var weights: DropOutWeights?
            if column.spec.missing == .drop {
                let isSeen = order.gather(column.isMissing).map { !$0 }
                weights = known.first { $0.isSeen == isSeen }?.weights
                if weights == nil, isSeen.contains(false) {
                    let made = try DropOutWeights(
                        everyone.covariates, assignment: assignment, armCount: arms.names.count, isSeen: isSeen,
                        folds: folds, foldCount: splitRule.foldCount, training: everyone.tune, context: context)
                    known.append((isSeen, made))
                    weights = made
                }
            }
            let found = try column.observed(order: order, assignment: assignment, file: file, weights: weights)
            let notes = column.denominatorNotes(
                order: order, assignment: assignment, armCount: arms.names.count, weights: weights)
            if let notes { denominators.append(notes) }
            outcomes.append(
                Outcome(
                    name: column.spec.name, direction: column.spec.direction, threshold: column.spec.threshold,
                    armCosts: try armCosts(column.spec), observed: found.column, winsorizing: found.winsorizing,
                    preperiod: preperiod,
                    clustering: clustering(found.column.values, runs, assignment, everyone.propensity),
                    denominators: Denominators(notes), indexError: observed.outcomes[outcomes.count].indexError))
        }
        let experiment = Experiment(
            spec: spec, arms: arms.names, outcomes: outcomes, covariates: everyone.covariates, units: everyone.units,
            assignment: assignment, propensity: everyone.propensity, splitRule: splitRule,
            tuneCount: everyone.tuneCount, suppliedEffects: before.suppliedEffects, dataDigest: digest,
            droppedCount: 0, otherArms: observed.otherArms, crossoverCount: observed.crossoverCount,
            likelyCluster: observed.likelyCluster,
            attrition: Attrition(
                assignment: assignment, seenAssignment: observed.assignment, armCount: arms.names.count,
                limitedCount: known.reduce(0) { $0 + $1.weights.limitedCount }))
        return (experiment, denominators)
    }
}
