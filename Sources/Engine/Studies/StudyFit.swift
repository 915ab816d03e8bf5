import Effects
import Experiments
import Foundation
import Policies
import Statistics

/// A fit of everything, stage by stage, so that screens can fill as results come.
package struct StudyFit: Sendable {
    package let description: StudyDescription
    package let health: HealthReport
    package let trees: StudyTrees
    package let models: FoldModels?
    package let units: StudyUnits

    /// What is ready, in the order in which it gets ready.
    package enum Stage: Sendable {
        case experiment(StudyDescription, HealthReport)
        case trees(StudyTrees)
        case policy(PolicyWorkspace)
    }

    /// Reads the experiment and fits it.
    /// - Throws: `EspalierError`: bad input, or a blocking health finding; `CancellationError`.
    package static func run(
        specPath: String, conduct: Conduct, stage: @Sendable (Stage) -> Void = { _ in }
    ) throws -> StudyFit {
        conduct.report(Progress(phase: "reading the data", done: 0, total: 1))
        let reading = try Experiment.read(specPath: specPath, conduct: conduct)
        let experiment = reading.experiment
        let health = HealthReport.examine(reading)
        if let refusal = health.fitRefusal(file: specPath) { throw refusal }
        let description = StudyDescription(
            experiment, folder: URL(fileURLWithPath: specPath).deletingLastPathComponent().path)
        stage(.experiment(description, health))
        let (trees, cohortOf) = try StudyTrees.grow(experiment, conduct: conduct)
        stage(.trees(trees))
        let effects = try EffectsFit.run(experiment, conduct: conduct)
        let units = StudyUnits(experiment, effects, cohortOf: cohortOf)
        stage(.policy(PolicyWorkspace(space: description.space, table: units.policyTable(description))))
        return StudyFit(
            description: description, health: health, trees: trees, models: effects.models, units: units)
    }
}
