import Experiments
import Optimisers
import Policies

/// A policy as a search sees it: oriented outcomes, and how it stands to the thresholds.
struct MeasuredPolicy: Sendable {
    let point: FrontPoint
    /// One per outcome. The errors are those of the difference from control: what control's own value errs by is the same for
    /// all policies and moves them together.
    let objectives: [NoisyValue]
    /// The oriented difference less its threshold, one per outcome that has one; empty where thresholds are let be.
    let slacks: [NoisyValue]

    /// nil where an outcome is not estimable.
    init?(_ knobs: PolicyKnobs, _ profile: ProfilePoint, in problem: PolicyProblem) {
        var objectives: [NoisyValue] = []
        var slacks: [NoisyValue] = []
        for (moments, outcome) in zip(profile.outcomes, problem.space.outcomes) {
            guard let moments else { return nil }
            objectives.append(NoisyValue(outcome.sign * moments.value, variance: moments.differenceVariance ?? 0))
            guard problem.respectsLimits, let threshold = outcome.threshold else { continue }
            // Without an estimate nothing can be said to keep the limit.
            slacks.append(moments.slack(threshold, sign: outcome.sign) ?? NoisyValue(-.greatestFiniteMagnitude))
        }
        point = FrontPoint(knobs: knobs, values: objectives.map(\.value))
        self.objectives = objectives
        self.slacks = slacks
    }

    var isFeasible: Bool { slacks.allSatisfy { $0.value >= 0 } }

    /// How far the estimates break the thresholds, in standard errors, summed.
    var violation: Double {
        slacks.reduce(0) { $0 + max(0, -$1.value) / max($1.variance.squareRoot(), 1e-12) }
    }
}

extension OutcomeMoments {
    /// By how much the oriented difference keeps a threshold; nil where a relative one is not estimable.
    package func slack(_ threshold: Threshold, sign: Double) -> NoisyValue? {
        switch threshold {
        case .absolute(let least):
            return NoisyValue(sign * difference - least, variance: max(0, differenceVariance ?? 0))
        case .relative(let least):
            guard let relative = relativeEstimate else { return nil }
            let error = relative.standardError ?? 0
            return NoisyValue(sign * relative.value - least, variance: error * error)
        }
    }
}
