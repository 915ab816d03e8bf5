import Effects
import Experiments
import Runtime

/// Validates learners on units they never saw and keeps the report, in place of an earlier one.
package struct ValidateLearners: StudyOperation {
    package static let kind = "learners.validate"

    /// `usual`, `all`, or names as `t,x,dr`; the experiment's own learner is among the first two.
    package let learners: String

    package static let usual = ValidateLearners("usual")
    package static let all = ValidateLearners("all")

    package init(_ learners: String) { self.learners = learners }

    /// - Throws: `EspalierError` (.data) where the data have changed or are gone, (.usage) for a learner that is none;
    ///   `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<ModelReport> {
        let own = study.description.spec.effects.learner
        let chosen =
            switch learners {
            case "usual": LearnerSpec.judged(with: own)
            case "all": LearnerSpec.all(with: own)
            default: try LearnerSpec.list(learners, own: own)
            }
        let report = try LearnerValidation.run(
            study.readExperiment(context: context), learners: chosen, context: context)
        return StudyChange { transaction in
            try transaction.save(report, named: StudyFile.modelReportName)
            return report
        }
    }
}
