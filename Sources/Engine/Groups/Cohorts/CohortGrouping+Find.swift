import Effects
import Experiments
import Runtime

extension CohortGrouping {
    /// Grows the trees of cohorts and finds the cohorts, from sums, whoever answers for them.
    /// - Parameters:
    ///   - provider: divides its growing half into `settings.pruningFolds` folds.
    ///   - covariates: in the provider's order.
    ///   - maximumCohorts: of the joint tree.
    ///   - shares: where the trees' thresholds lie among the units, if that is known.
    /// - Throws: `EspalierError` (.usage) where heuristic cohorts name a covariate that is not there or is categorical;
    ///   `CancellationError`, or what the provider throws.
    package static func find(
        _ kind: CohortKind, _ provider: some SumsProvider, _ outline: ExperimentOutline,
        covariates: [CovariateDescription], settings: TreeSettings = TreeSettings(),
        maximumCohorts: Int = JointTree.maximumCohorts, shares: ([CausalTree]) -> CutShares? = { _ in nil },
        context: RunContext = RunContext()
    ) throws -> CohortGrouping {
        let trees =
            switch kind {
            case .merged: try CausalTrees.grow(provider, outline, settings: settings, context: context)
            case .joint:
                try JointTree.grow(
                    provider, outline, settings: settings, maximumCohorts: maximumCohorts, context: context)
            case .heuristic(let cells):
                try QuantileTree.grow(provider, outline, cuts: cuts(cells, covariates), context: context)
            }
        context.report(Progress(phase: "finding cohorts", done: 0, total: 1))
        let partition = try CohortPartition.find(trees, provider, context: context)
        return CohortGrouping(
            kind: kind, trees: trees, covariates: covariates,
            table: CohortTable(
                partition, trees: trees, covariates: covariates, outcomeCount: outline.outcomes.count,
                shares: shares(trees)))
    }

    /// The cohorts of units in memory.
    /// - Returns: the cohorts, and the cohort (from 0) of every unit.
    /// - Throws: as the other `find`.
    package static func find(
        _ kind: CohortKind, _ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings,
        maximumCohorts: Int = JointTree.maximumCohorts, context: RunContext = RunContext()
    ) throws -> (CohortGrouping, of: [UInt32]) {
        let sums = UnitSums(TrainingData(experiment), binned: binned, pruningFolds: settings.pruningFolds)
        let found = try find(
            kind, sums, experiment.outline, covariates: experiment.covariates.map { CovariateDescription($0) },
            settings: settings, maximumCohorts: maximumCohorts,
            shares: { CutShares($0, binned, units: 0..<experiment.tuneCount) }, context: context)
        return (found, found.cohorts(of: binned))
    }

    private static func cuts(
        _ cells: [CohortKind.QuantileCells], _ covariates: [CovariateDescription]
    ) throws -> [QuantileTree.Cut] {
        try cells.map { cells in
            guard let index = covariates.firstIndex(where: { $0.name == cells.covariate }) else {
                throw EspalierError(
                    .usage, "there is no covariate \(cells.covariate)",
                    remedy: "choose of: \(covariates.map(\.name).joined(separator: ", "))")
            }
            guard case .numeric = covariates[index].encoding else {
                throw EspalierError(
                    .usage, "\(cells.covariate) is categorical and has no quantiles",
                    remedy: "name numeric covariates")
            }
            return QuantileTree.Cut(covariate: index, cells: cells.cells)
        }
    }
}
