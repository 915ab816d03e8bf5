import Allocation
import Experiments
import Groups
import Policies
import Runtime

/// What is allocated, by which method and under which limits. The objective is the study's first outcome.
package struct AllocationRequest: Sendable, Equatable, Codable {
    package var method = AllocationMethod.linear
    package var cohorts: CohortKind
    package var effects = CohortEffects.inherited
    /// By outcome, on its oriented difference from control; they replace the spec's threshold of that outcome.
    package var limits: [String: Threshold] = [:]
    package var stochastic = StochasticSettings()
    /// With which chance constraints hold.
    package var confidence = 0.95

    package init(cohorts: CohortKind = .merged) { self.cohorts = cohorts }

    /// The limits in a study: its spec's thresholds, replaced where this request names another.
    /// - Throws: `EspalierError` (.usage) for an outcome that is not there, and for the objective.
    package func limits(in space: PolicySpace) throws -> [StudyLimit] {
        let names = space.outcomes.map(\.name)
        for name in limits.keys.sorted() {
            guard let outcome = names.firstIndex(of: name) else {
                throw EspalierError(
                    .usage, "there is no outcome \(name) to limit",
                    remedy: "name one of \(names.dropFirst().joined(separator: ", "))")
            }
            guard outcome > 0 else {
                throw EspalierError(
                    .usage, "\(name) is the objective, which is maximised and not limited",
                    remedy: "limit one of \(names.dropFirst().joined(separator: ", "))")
            }
        }
        return space.outcomes.indices.dropFirst().compactMap { j in
            let outcome = space.outcomes[j]
            return LimitRule(limits[outcome.name] ?? outcome.threshold, sign: outcome.sign).map {
                StudyLimit(outcome: j, rule: $0, threshold: $0.leastDifference(from: space.controlMeans[j]))
            }
        }
    }
}

/// A limit of an allocation: the oriented difference from control has to be at least so much.
package struct StudyLimit: Sendable, Equatable {
    /// Index into the study's outcomes.
    package let outcome: Int
    package let rule: LimitRule
    /// In the outcome's unit; a relative limit by control's mean on tune.
    package let threshold: Double
}
