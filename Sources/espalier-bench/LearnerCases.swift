import Effects
import Experiments
import Foundation
import Runtime
import Simulation
import Studies

/// What the learner that specs name first costs, and what the stack of several does, as a fit of a study makes them: the
/// outcome models behind the scores included.
enum LearnerCases {
    private static let learners: [LearnerSpec] = [.t, .x, .stack]

    static func run(_ report: inout Report) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-bench-fit-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path)
        let sample = try Experiment.read(specPath: folder.appendingPathComponent("experiment.yaml").path).experiment
        try run(sample, "the sample", &report)
        try run(
            SyntheticExperiment.make(units: 200_000, covariates: 25, splits: SplitSpec(seed: 1)).experiment,
            "200000 x 25", &report)
    }

    private static func run(_ experiment: Experiment, _ size: String, _ report: inout Report) throws {
        let registry = LearnerRegistry(experiment.spec.effects)
        for spec in learners {
            let seconds = try Stopwatch.userSeconds {
                _ = try EffectsFit.run(
                    TrainingData(experiment), learner: registry.learner(spec), context: RunContext())
            }
            report.add("effects by the learner \(spec.name)", size, seconds: seconds, note: "")
        }
    }
}
