import Policies
import Runtime

/// The shrinkage that stands for a candidate's biases.
package struct InvertShrinkage: StudyQuery {
    package let candidate: Candidate

    package init(of candidate: Candidate) { self.candidate = candidate }

    package func run(_ study: Study, _ context: RunContext) throws -> ShrinkageInverse {
        guard let policy = candidate.policy.linear else {
            throw candidate.hasNoKnobs("biases that a shrinkage explains")
        }
        return try ShrinkageInverse(
            of: policy, evaluator: study.workspace.evaluator(workers: Workers(count: 1)),
            context: context)
    }
}

/// What moves what, around a candidate, on tune.
package struct MeasureSensitivity: StudyQuery {
    package let candidate: Candidate
    /// Of the units that may change arm, 0...100.
    package let percent: Double

    package init(of candidate: Candidate, percent: Double) {
        self.candidate = candidate
        self.percent = percent
    }

    package func run(_ study: Study, _ context: RunContext) throws -> Sensitivity {
        guard (0...100).contains(percent) else {
            throw EspalierError(
                .usage, "\(percent) is not a percentage of the units", remedy: "give --percent 1, or up to 100")
        }
        guard candidate.policy.linear != nil else { throw candidate.hasNoKnobs("parameters to move") }
        return try Sensitivity(
            of: candidate.knobs, allowedShare: percent / 100,
            evaluator: study.workspace.evaluator(workers: context.workers), grids: study.workspace.grids,
            context: context)
    }
}

extension Candidate {
    /// What to say where a candidate is asked for what only linear policies have.
    fileprivate func hasNoKnobs(_ what: String) -> EspalierError {
        EspalierError(
            .usage,
            "candidate \(name) \(policy.ranking == nil ? "allocates cohorts" : "targets by a ranking") and has no \(what)",
            remedy: "name a linear candidate")
    }
}
