import Experiments
import Foundation
import Runtime
import Statistics

/// Seeded random search of the boosting settings of the spec's learner, by R-score (METHODS section 1).
///
/// Every trial is cross-fitted by the folds and judged on the tune units, against the same residuals as the others. The best
/// of many is chosen on the units that judge it, so its score flatters it; the paired gain over the defaults and its
/// standard error stand beside it.
package struct HyperparameterSearch: Sendable, Equatable, Codable {
    /// One set of settings and how it did.
    package struct Trial: Sendable, Equatable, Codable {
        /// From 0, which has the defaults.
        package let number: Int
        package let settings: BoostingSpec
        /// 1 - tau-risk / tau-risk of the constant effect, the mean over arms and outcomes.
        package let score: Double
        /// The paired difference from the defaults' score, and its standard error; nil for the defaults.
        package let gain: Measure?
    }

    /// Which models of the learner were searched.
    package enum Part: String, Sendable, Codable {
        case outcomeModels, effectModels
    }

    package let learner: LearnerSpec
    package let part: Part
    package let seed: UInt64
    /// Best first.
    package let trials: [Trial]

    /// Trials beside the defaults when nobody says.
    package static let usualTrials = 20

    /// - Parameters:
    ///   - trials: beside the defaults.
    ///   - context: progress counts trials.
    /// - Throws: `EspalierError` (.usage) for a learner without boosted models of its own; `CancellationError`.
    package static func search(
        _ experiment: Experiment, trials: Int, seed: UInt64, context: RunContext
    ) throws -> HyperparameterSearch {
        let learner = experiment.spec.effects.learner
        guard let part = learner.tunedPart else {
            throw EspalierError(
                .usage, "the learner \(learner.name) has no boosted models to tune",
                remedy: "set effects.learner to one of s, t, t-forest, x, r, dr or hybrid")
        }
        let quiet = RunContext(workers: context.workers, cancellation: context.cancellation)
        let nuisances = try Nuisances.fit(experiment, for: [learner], context: quiet)
        let judge = HyperparameterRisk(experiment, nuisances: nuisances)
        var stream = RandomStream(seed: seed, purpose: "tune")
        let units = experiment.tuneCount / max(1, experiment.arms.count)
        var proposals: [BoostingSpec] = []
        var scores: [[HyperparameterRisk.ContrastScore]] = []
        for number in 0...trials {
            context.report(Progress(phase: "tuning \(learner.name)", done: number, total: trials + 1))
            try context.cancellation.check()
            let proposal =
                number == 0
                ? BoostingSpec()
                : BoostingSpec(drawing: &stream, part: part, trainingUnits: units, forest: learner == .tForest)
            proposals.append(proposal)
            let changed = experiment.with(proposal, for: part)
            let own = learner == .t ? try Nuisances.fit(changed, for: [], context: quiet) : nuisances
            let fit = try EffectsFit.run(changed, learner: learner, nuisances: own, context: quiet)
            scores.append(judge.scores(fit.estimates))
        }
        let results = proposals.enumerated().map { number, proposal in
            Trial(
                number: number, settings: proposal, score: HyperparameterRisk.mean(scores[number]),
                gain: number == 0 ? nil : judge.gain(scores[number], over: scores[0]))
        }
        return HyperparameterSearch(
            learner: learner, part: part, seed: seed,
            trials: results.sorted { ($0.score, $1.number) > ($1.score, $0.number) })
    }
}

extension LearnerSpec {
    /// The boosted models that settings can change; nil where there are none, or supplied ones.
    fileprivate var tunedPart: HyperparameterSearch.Part? {
        switch self {
        case .s, .t, .tForest: .outcomeModels
        case .x, .r, .dr, .hybrid: .effectModels
        case .dml, .tree, .forest, .columns: nil
        }
    }
}

extension BoostingSpec {
    /// A random proposal, scales on a logarithm.
    fileprivate init(
        drawing stream: inout RandomStream, part: HyperparameterSearch.Part, trainingUnits: Int, forest: Bool
    ) {
        self.init()
        func logarithmic(_ low: Double, _ high: Double) -> Double {
            let value = exp(stream.uniform(in: log(low)...log(high)))
            // Three digits are enough to paste, and are what is tried.
            let step = pow(10, floor(log10(value)) - 2)
            return Double(String(format: "%.3g", (value / step).rounded() * step)) ?? value
        }
        depth = (forest ? 4 : 2) + stream.index(below: forest ? 8 : 5)
        minimumChildWeight = logarithmic(max(5, Double(trainingUnits) / 1_000), max(50, Double(trainingUnits) / 20))
            .rounded()
        subsample = Double(10 + stream.index(below: 11)) / 20
        columnSample = Double(6 + stream.index(below: 15)) / 20
        guard !forest else { return }
        learningRate = logarithmic(0.02, 0.3)
        lambda = logarithmic(0.1, 50)
        rounds = 400
        patience = part == .outcomeModels ? 10 : 15
    }
}

extension Experiment {
    /// The same experiment under other settings of its learner.
    fileprivate func with(_ settings: BoostingSpec, for part: HyperparameterSearch.Part) -> Experiment {
        var spec = spec
        switch part {
        case .outcomeModels: spec.effects.outcomeModels = settings
        case .effectModels: spec.effects.effectModels = settings
        }
        return Experiment(
            spec: spec, arms: arms, outcomes: outcomes, covariates: covariates, units: units, assignment: assignment,
            propensity: propensity, splitRule: splitRule, tuneCount: tuneCount, suppliedEffects: suppliedEffects,
            dataDigest: dataDigest, droppedCount: droppedCount)
    }
}
