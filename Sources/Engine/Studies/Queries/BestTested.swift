import Online
import Policies
import Runtime

/// The candidate that was tested and is most likely the best in the first outcome, among those that break no limit.
package struct BestTested: StudyQuery {
    package init() {}

    /// - Throws: `EspalierError` (.usage) where no candidate was tested.
    package func run(_ study: Study, _ context: RunContext) throws -> Candidate {
        let tested = try study.file.rounds(in: study).flatMap { round in
            zip(round.reading.policies, round.plan.policies).compactMap { policy, entry in
                entry.candidate.map { (candidate: $0, policy: policy) }
            }
        }
        let kept = tested.filter { item in item.policy.outcomes.allSatisfy { $0.limit != .outside } }
        let best = (kept.isEmpty ? tested : kept).max { a, b in
            a.policy.probabilityBest != b.policy.probabilityBest
                ? a.policy.probabilityBest < b.policy.probabilityBest : a.candidate > b.candidate
        }
        guard let best else {
            throw EspalierError(
                .usage, "no candidate was tested", file: study.file.path,
                remedy: "plan a round with `espalier online plan`, and read its results with `espalier online read`")
        }
        return try study.file.candidate(best.candidate)
    }
}
