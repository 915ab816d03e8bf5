import Policies
import Runtime

/// Explains a candidate's policy by rules that the confirm units judge, which counts as a look.
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

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<PolicyExplanation> {
        let candidate = try study.file.candidate(candidate)
        let explanation = try Explain(candidate, depth: depth).run(study, onConfirm: true, context)
        return StudyChange { transaction in
            try transaction.countLook(at: .confirm, "explain \(candidate.name)")
            return explanation
        }
    }
}
