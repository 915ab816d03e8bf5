import Effects
import Experiments
import Foundation
import Groups
import Policies
import Runtime
import WarehouseSums
import Warehouses

extension StudyFit {
    /// Fits an experiment whose units stay in a warehouse: health, averages, trees and cohorts from sums, and the sums of cells that
    /// policies of cohorts are evaluated from. No learner sees a unit.
    /// - Parameter log: is told each question.
    /// - Throws: `EspalierError`; `CancellationError`. Nothing is left behind in the warehouse.
    package static func inWarehouse(
        spec: ExperimentSpec, specPath: String, log: QueryLog, context: RunContext,
        stage: (@Sendable (Stage) -> Void)? = nil
    ) throws -> StudyFit {
        let context = QuestionProgress.context(context, counting: log)
        let folder = URL(fileURLWithPath: specPath).deletingLastPathComponent().path
        let experiment = try WarehouseExperiment.read(spec: spec, folder: folder, log: log, context: context)
        try checkLimits(arms: experiment.arms.count, outcomes: spec.outcomes.count, specPath)
        if let refusal = experiment.health.fitRefusal(file: specPath) { throw refusal }
        var sums = experiment.sums
        let answer = try sums.answer(AverageEffect.request(experiment.outline, over: .tune), context: context)
        let averages = AverageEffect.estimate(experiment.outline, from: answer)
        let adjusted = try experiment.adjustedEffects(over: .tune, answer, plain: averages, context: context)
        let description = StudyDescription(experiment, averages: averages, adjusted: adjusted, folder: folder)
        let health = experiment.health.adding(
            adjusted.isEmpty ? [] : AdjustedEffect.findings(adjusted, experiment.sample.experiment))
        stage?(.experiment(description, health))
        let settings = TreeSettings(experiment.spec)
        let merged = try CausalTrees.grow(sums, experiment.outline, settings: settings, context: context)
        let joint = try JointTree.grow(sums, experiment.outline, settings: settings, context: context)
        context.report(Progress(phase: "summing cohorts", done: 0, total: 1))
        let cells = try CohortCells(merged: merged, joint: joint, experiment, context: context)
        stage?(.trees(cells.trees))
        let fit = StudyFit(
            description: description, health: health, trees: cells.trees, models: nil, units: StudyUnits(cells.cells),
            notes: cells.notes + [note(log.tally, experiment)])
        stage?(.policy(fit.workspace.value))
        return fit
    }

    private static func note(_ tally: QueryLog.Tally, _ experiment: WarehouseExperiment) -> String {
        let engine = experiment.spec.engine?.title ?? "the engine"
        return "\(engine) was asked \(tally.questions) questions and sent \(tally.rows) rows, \(tally.bytes) bytes; "
            + "\(experiment.sample.experiment.unitCount) units were read as the sample"
    }
}

extension StudyDescription {
    /// - Parameters:
    ///   - averages: on tune.
    ///   - adjusted: the same with less noise, where the spec names values before exposure.
    init(
        _ experiment: WarehouseExperiment, averages: [AverageEffect], adjusted: [AdjustedEffect], folder: String
    ) {
        let sample = experiment.sample.experiment
        let (arms, outcomes) = (experiment.arms.count, sample.outcomes)
        self.init(
            spec: experiment.spec, folder: folder, dataDigest: sample.dataDigest, unitCount: experiment.unitCount,
            tuneCount: experiment.tuneCount, droppedCount: sample.droppedCount, armCounts: experiment.armCounts,
            plannedShares: experiment.outline.shares ?? [],
            armCosts: (0..<arms).map { arm in outcomes.map { $0.cost(ofArm: arm) } },
            covariates: experiment.covariates,
            space: PolicySpace(
                arms: experiment.arms,
                outcomes: outcomes.map {
                    PolicySpace.Outcome(
                        name: $0.name, direction: $0.direction, threshold: $0.threshold, centre: $0.observed.centre,
                        scale: $0.observed.scale, clustering: nil, denominators: $0.denominators)
                },
                averageEffects: (0..<arms).map { arm in
                    outcomes.indices.map {
                        arm == 0 ? 0 : averages[(arm - 1) * outcomes.count + $0].difference.effect
                    }
                }, controlMeans: averages.prefix(outcomes.count).map(\.controlMean)), averageEffects: averages,
            adjustedEffects: adjusted.isEmpty ? nil : adjusted, caveats: sample.caveats)
    }
}
