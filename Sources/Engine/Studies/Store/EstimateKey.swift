import Policies

/// Under what the estimates of a candidate stand, beside the candidate itself and the outcome's name.
package struct EstimateKey: Sendable, Hashable {
    /// Number of the fit, from 1.
    package let fit: Int
    /// What the units come from: the log the study was fitted on, or a round of an online test.
    package let source: String
    package let split: EvaluationSplit
    /// As `PolicyEvaluation.estimator` names it.
    package let estimator: String
    /// How long after exposure outcomes were measured.
    package let horizon: String

    /// The source that is the experiment's own log.
    package static let log = "log"
    /// The horizon of the outcomes as the experiment's spec has them.
    package static let ownHorizon = "own"

    package init(
        fit: Int, source: String = log, split: EvaluationSplit, estimator: String = Estimator.dr.name,
        horizon: String = ownHorizon
    ) {
        self.fit = fit
        self.source = source
        self.split = split
        self.estimator = estimator
        self.horizon = horizon
    }
}
