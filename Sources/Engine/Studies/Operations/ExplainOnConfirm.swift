import Policies
import Runtime

/// Explains a candidate's policy by rules that the confirm units judge, which counts as a look, the same of the same fit
/// once.
package struct ExplainOnConfirm: StudyOperation {
    package static let kind = "confirm.explain"

    /// Its id.
    package let candidate: Int
    /// Levels of splits.
    package let depth: Int

    package init(_ candidate: Int, depth: Int) {
        self.candidate = candidate
        self.depth = depth
    }

    package func fits(_ space: PolicySpace) -> Bool { Explain.depths.contains(depth) }

    package struct Outcome: Sendable {
        package let explanation: PolicyExplanation
        /// How often the confirm split was looked at in all.
        package let looks: Int
    }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome> {
        let candidate = try study.file.candidate(candidate)
        let explanation = try Explain(candidate, depth: depth).run(study, onConfirm: true, context)
        let subject = try LookSubject(candidate.policy, by: "rules to depth \(depth)")
        return StudyChange { transaction in
            try transaction.countLook(at: .confirm, "explain \(candidate.name)", of: subject)
            return Outcome(explanation: explanation, looks: try transaction.reading.looks())
        }
    }
}
