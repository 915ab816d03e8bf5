import Optimisers
import Policies

/// A policy as a search sees it: oriented outcomes, and how it stands to the thresholds.
struct MeasuredPolicy: Sendable {
    let point: FrontPoint
    /// One per outcome. The errors are those of the difference from control: what control's own value errs by is the same for
    /// all policies and moves them together.
    let objectives: [NoisyValue]
    /// By how much each threshold is kept, one per outcome that has one; empty where thresholds are let be.
    let slacks: [NoisyValue]

    /// nil where an outcome is not estimable.
    init?(_ knobs: PolicyKnobs, _ profile: ProfilePoint, in problem: PolicyProblem) {
        var objectives: [NoisyValue] = []
        var slacks: [NoisyValue] = []
        for (moments, outcome) in zip(profile.outcomes, problem.space.outcomes) {
            guard let moments else { return nil }
            objectives.append(NoisyValue(outcome.sign * moments.value, variance: moments.differenceVariance ?? 0))
            guard problem.respectsLimits, let limit = outcome.limit else { continue }
            let margin = moments.margin(limit)
            let error = margin.standardError ?? 0
            slacks.append(NoisyValue(margin.value, variance: error * error))
        }
        point = FrontPoint(knobs: knobs, values: objectives.map(\.value))
        self.objectives = objectives
        self.slacks = slacks
    }

    var isFeasible: Bool { slacks.allSatisfy { $0.value >= 0 } }

    /// How far the estimates break the thresholds, in standard errors, summed.
    var violation: Double {
        slacks.reduce(0) { $0 + LimitRule.standardErrors(-$1.value, $1.variance.squareRoot()) }
    }
}
