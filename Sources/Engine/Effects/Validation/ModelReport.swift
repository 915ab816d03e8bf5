import Experiments

/// Learners validated on one experiment: every figure, the verdict per arm and outcome, and the learner to use.
package struct ModelReport: Sendable, Equatable, Codable {
    /// Tune units, on which every figure is taken out of fold.
    package let units: Int
    package let folds: Int
    /// The names validated, `constant` first.
    package let learners: [String]
    /// Arms but control.
    package let arms: [String]
    package let outcomes: [String]
    /// At (learner * arms + arm) * outcomes + outcome.
    package let judgements: [ValidatedLearner]
    /// At arm * outcomes + outcome.
    package let verdicts: [HeterogeneityVerdict]
    package let recommendation: LearnerRecommendation
    /// The effects' linear projection by double machine learning, at arm * outcomes + outcome: an entry is nil where there is
    /// too little to separate the terms, all of it in reports written before there were any.
    package let projections: [LinearProjection?]?
    /// Of the learners that give intervals to units; nil in reports written before there were any.
    package let intervals: [UnitIntervals]?
    /// What a stack among the learners is made of, at arm * outcomes + outcome; nil without one.
    package let compositions: [StackComposition]?
    /// Learners that predict effects worse than the average effect for everybody, a sentence each; nil in reports written before
    /// it was looked at.
    package let worseThanConstant: [String]?
    /// What must be repeated beside the figures (`Experiment.caveats`).
    package let caveats: [String]

    /// The chance of any false detection that the tests allow.
    package static let level = 0.05

    package func judgement(learner: Int, arm: Int, outcome: Int) -> ValidatedLearner {
        judgements[(learner * arms.count + arm) * outcomes.count + outcome]
    }

    package func verdict(arm: Int, outcome: Int) -> HeterogeneityVerdict { verdicts[arm * outcomes.count + outcome] }

    package func projection(arm: Int, outcome: Int) -> LinearProjection? {
        projections?[arm * outcomes.count + outcome]
    }

    /// By every learner that gives intervals.
    package func intervals(arm: Int, outcome: Int) -> [UnitIntervals] {
        (intervals ?? []).filter { $0.arm == arms[arm] && $0.outcome == outcomes[outcome] }
    }

    package func composition(arm: Int, outcome: Int) -> StackComposition? {
        compositions?[arm * outcomes.count + outcome]
    }

    /// Whether any arm's effect on the outcome differs between units; nil for an outcome that was not validated.
    package func isDetected(outcome name: String) -> Bool? {
        let own = verdicts.filter { $0.outcome == name }
        return own.isEmpty ? nil : own.contains(where: \.isDetected)
    }

    /// From judgements whose p is not yet adjusted.
    package init(
        units: Int, folds: Int, learners: [String], arms: [String], outcomes: [String], judgements: [ValidatedLearner],
        projections: [LinearProjection?], intervals: [UnitIntervals],
        compositions: [StackComposition]? = nil, caveats: [String]
    ) {
        let tested = judgements.indices.filter { !judgements[$0].isConstant }
        let adjusted = Holm.adjusted(tested.map { judgements[$0].test.p })
        var final = judgements
        for (index, p) in zip(tested, adjusted) { final[index] = judgements[index].adjusted(to: p) }
        let contrasts = ContrastIndex.all(arms: arms.count + 1, outcomes: outcomes.count)
        self.units = units
        self.folds = folds
        self.learners = learners
        self.arms = arms
        self.outcomes = outcomes
        self.judgements = final
        self.projections = projections
        self.intervals = intervals
        self.compositions = compositions
        self.caveats = caveats
        worseThanConstant = learners.compactMap { learner in
            ValidatedLearner.worseThanConstant(final.filter { $0.learner == learner })
        }
        verdicts = contrasts.enumerated().map { position, contrast in
            let own = stride(from: position, to: final.count, by: contrasts.count).map { final[$0] }.filter {
                !$0.isConstant
            }
            let best = own.max { ($0.test.statistic ?? -.infinity) < ($1.test.statistic ?? -.infinity) }
            return HeterogeneityVerdict(
                arm: arms[contrast.arm - 1], outcome: outcomes[contrast.outcome],
                isDetected: own.contains(where: \.isDetected), learner: best?.learner ?? ValidatedLearner.constantName,
                statistic: best?.test.statistic, adjustedP: best?.adjustedP ?? 1)
        }
        recommendation = LearnerRecommendation(learners: learners, judgements: final, verdicts: verdicts)
    }
}

extension ValidatedLearner {
    fileprivate func adjusted(to p: Double) -> ValidatedLearner {
        ValidatedLearner(
            learner: learner, arm: arm, outcome: outcome, muRisk: muRisk, tauRisk: tauRisk, rScore: rScore,
            behindBest: behindBest, calibration: calibration, curve: curve, test: test, adjustedP: p)
    }
}
