import Policies
import Runtime

/// Counts a look at units outside tune by a command, and says at what. The same look of the same fit counts once; what a file
/// held the last time nobody knows, so that files count every time.
package struct LookAtConfirm: StudyOperation {
    package static let kind = "confirm.look"

    package let split: EvaluationSplit
    /// The command that looked: `evaluate`, `profile`.
    package let what: String
    package let estimator: String
    /// The knobs, the policy file or the file of assignments that was evaluated.
    package let knobs: PolicyKnobs?
    package let file: String?

    package init(
        at split: EvaluationSplit, by what: String, estimator: Estimator, knobs: PolicyKnobs?, file: String? = nil
    ) {
        self.split = split
        self.what = what
        self.estimator = estimator.name
        self.knobs = knobs
        self.file = file
    }

    /// The outcome is how often the confirm split was looked at in all.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Int> {
        StudyChange { transaction in
            if file == nil {
                try transaction.countLook(by: self, at: split, what)
            } else {
                try transaction.countLook(at: split, what)
            }
            return try transaction.reading.looks()
        }
    }
}
