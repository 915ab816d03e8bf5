import Frontier
import Policies
import Runtime

/// How likely candidates are to keep all limits at once, on tune.
package struct EstimateFeasibility: StudyQuery {
    package static let needsUnits = false

    package let candidates: [Candidate]

    package init(of candidates: [Candidate]) { self.candidates = candidates }

    /// A probability for each candidate; nil without limits or where not estimable.
    package func run(_ study: Study, _ context: RunContext) throws -> [Double?] {
        guard study.space.hasLimits else { return candidates.map { _ in nil } }
        let evaluator = try study.workspace.evaluator(workers: Workers(count: 1))
        return try context.workers.map(candidates.count) { index in
            try Feasibility.probability(of: candidates[index].policy, evaluator: evaluator)
        }
    }
}
