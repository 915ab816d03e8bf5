import Policies
import Runtime

/// Counts a look at units outside tune by a command, and says at what. The same of the same fit counts once.
package struct LookAtConfirm: StudyOperation {
    package static let kind = "confirm.look"
    package static let needsUnits = false

    package let split: EvaluationSplit
    /// The command that looked: `evaluate`, `profile weight:ctr`.
    package let what: String
    package let estimator: String
    /// The knobs, the policy file or the file of assignments that was evaluated.
    package let knobs: PolicyKnobs?
    package let file: String?
    /// What the file held, as a `LookSubject`; nil in logs of earlier versions, which count every look at a file.
    package let content: String?

    package init(at split: EvaluationSplit, by what: String, estimator: Estimator, knobs: PolicyKnobs) {
        self.split = split
        self.what = what
        self.estimator = estimator.name
        self.knobs = knobs
        file = nil
        content = nil
    }

    package init(
        at split: EvaluationSplit, by what: String, estimator: Estimator, file: String, holding subject: LookSubject
    ) {
        self.split = split
        self.what = what
        self.estimator = estimator.name
        knobs = nil
        self.file = file
        content = subject.text
    }

    /// The outcome is how often the confirm split was looked at in all.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Int> {
        // All estimators tell of the same policy; a profile tells of more than that.
        let subject = try knobs.map {
            try LookSubject(.linear(LinearPolicy($0, in: study.space)), by: what == "evaluate" ? nil : what)
        }
        return StudyChange { transaction in
            try transaction.countLook(at: split, what, of: subject ?? content.map { LookSubject(text: $0) })
            return try transaction.reading.looks()
        }
    }
}
