import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Warehouses

/// A fit of everything, stage by stage, so that screens can fill as results come.
package struct StudyFit: Sendable {
    package let description: StudyDescription
    package let health: HealthReport
    package let trees: StudyTrees
    package let models: EffectModels?
    package let units: StudyUnits
    let workspace: StudyWorkspace
    /// What the data leave no learner to find (`EffectNotes`).
    package let notes: [String]
    /// Of the log's units and of those of rounds that stand beside them, by arm; nil where there are no rounds.
    let propensities: [[Float]]?

    init(
        description: StudyDescription, health: HealthReport, trees: StudyTrees, models: EffectModels?,
        units: StudyUnits, notes: [String], propensities: [[Float]]? = nil
    ) {
        workspace = StudyWorkspace(description, units)
        self.description = description
        self.health = health
        self.trees = trees
        self.models = models
        self.units = units
        self.notes = notes
        self.propensities = propensities
    }

    /// What is ready, in the order in which it gets ready.
    package enum Stage: Sendable {
        case experiment(StudyDescription, HealthReport)
        case trees(StudyTrees)
        case policy(PolicyWorkspace)
    }

    /// Reads the experiment and fits it; units that the spec keeps in an engine stay there.
    /// - Parameter log: is told each question to it.
    /// - Throws: `EspalierError`: bad input, or a blocking health finding; `CancellationError`.
    package static func run(
        specPath: String, log: QueryLog = QueryLog(), context: RunContext,
        stage: (@Sendable (Stage) -> Void)? = nil
    ) throws -> StudyFit {
        let spec = try ExperimentSpec.read(at: specPath)
        if spec.engine != nil {
            return try inWarehouse(spec: spec, specPath: specPath, log: log, context: context, stage: stage)
        }
        context.report(Progress(phase: "reading the data", done: 0, total: 1))
        let reading = try Experiment.read(specPath: specPath, context: context)
        let experiment = reading.experiment
        try checkLimits(arms: experiment.arms.count, outcomes: experiment.outcomes.count, specPath)
        let checked = try HealthReport.examine(reading, workers: context.workers)
        if let refusal = checked.fitRefusal(file: specPath) { throw refusal }
        return try run(
            experiment, health: checked, folder: URL(fileURLWithPath: specPath).deletingLastPathComponent().path,
            context: context, stage: stage)
    }

    /// - Throws: `EspalierError` (.data) for more arms or outcomes than a policy table holds.
    static func checkLimits(arms: Int, outcomes: Int, _ specPath: String) throws {
        let limits = (arms: PolicyTable.maximumArms, outcomes: PolicyTable.maximumOutcomes)
        guard arms <= limits.arms, outcomes <= limits.outcomes else {
            throw EspalierError(
                .data, "\(arms) arms and \(outcomes) outcomes are too many", file: specPath,
                remedy: "keep to \(limits.arms) arms and \(limits.outcomes) outcomes")
        }
    }

    /// Fits the log of a study with all rounds of its online tests (METHODS 8.4).
    /// - Throws: `EspalierError` (.usage) where rounds cannot stand beside the log; `CancellationError`.
    package static func pooling(_ study: Study, context: RunContext) throws -> StudyFit {
        let (pooled, propensities) = try study.pooledExperiment(context)
        return try run(
            pooled.experiment, health: study.health, folder: study.description.folder, pooled: pooled.pooled,
            propensities: propensities, context: context)
    }

    static func run(
        _ experiment: Experiment, health checked: HealthReport, folder: String, pooled: PooledRounds? = nil,
        propensities: [[Float]]? = nil, context: RunContext, stage: (@Sendable (Stage) -> Void)? = nil
    ) throws -> StudyFit {
        let description = try StudyDescription(experiment, folder: folder, pooled: pooled, context: context)
        let pooling = try PooledLearner.notes(experiment, context: context)
        let health =
            pooled != nil
            ? checked
            : checked.adding(
                AdjustedEffect.findings(description.adjustedEffects ?? [], experiment)
                    + EffectNotes.findings(experiment)
                    + pooling.map { HealthFinding(.learning, .warning, $0) })
        stage?(.experiment(description, health))
        let (trees, merged, joint) = try StudyTrees.grow(experiment, context: context)
        stage?(.trees(trees))
        let effects = try EffectsFit.run(experiment, context: context)
        let units = StudyUnits(experiment, effects, cohorts: merged, jointCohorts: joint)
        let fit = StudyFit(
            description: description, health: health, trees: trees, models: effects.models, units: units,
            notes: EffectNotes.find(experiment) + pooling + (pooled.map { [$0.caveat] } ?? []),
            propensities: propensities)
        stage?(.policy(fit.workspace.value))
        return fit
    }
}

extension StudyFit {
    /// The study at a path, if it was fitted from this very spec and data; nil where a fit is needed.
    /// - Throws: `EspalierError` for a malformed spec, or a study that is open elsewhere or newer than this version.
    package static func current(
        specPath: String, study path: String, for access: StudyAccess = .reading
    ) throws -> Study? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try StudyFile(opening: path, for: access)
        let description = try file.description()
        guard description.spec.fits(try ExperimentSpec.read(at: specPath)),
            file.dataIsUnchanged(description) == true
        else { return nil }
        return try Study(file)
    }
}

extension ExperimentSpec {
    /// Whether this resolved spec came from `other`, whose arms may have been left to the data.
    fileprivate func fits(_ other: ExperimentSpec) -> Bool {
        var resolved = other
        if resolved.treatment.arms == nil { resolved.treatment.arms = treatment.arms }
        return self == resolved
    }
}
