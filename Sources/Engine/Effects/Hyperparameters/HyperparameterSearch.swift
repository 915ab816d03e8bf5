import Experiments
import Runtime
import Statistics

/// Seeded random search of the boosting settings of a learner, by R-score (METHODS section 1).
///
/// Every trial is cross-fitted by the folds and scored on the training units, against the same residuals as the others. The best
/// of many is chosen on the units that score it, so its score flatters it; the paired gain over the defaults and its
/// standard error stand beside it.
package struct HyperparameterSearch: Sendable, Equatable {
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

    /// The learner's name.
    package let learner: String
    package let part: Part
    package let seed: UInt64
    /// Best first.
    package let trials: [Trial]

    package init(learner: String, part: Part, seed: UInt64, trials: [Trial]) {
        self.learner = learner
        self.part = part
        self.seed = seed
        self.trials = trials
    }

    /// Trials beside the defaults when nobody says.
    package static let usualTrials = 20

    /// - Parameters:
    ///   - name: of the learner.
    ///   - nuisances: how the outcome models are made whose residuals score the trials.
    ///   - trials: beside the defaults.
    ///   - context: progress counts trials.
    /// - Throws: `EspalierError` (.usage) for data that the learner cannot take; `CancellationError`.
    package static func search(
        _ data: TrainingData, learner: any SearchableLearner, named name: String,
        nuisances kind: Nuisances.Models = .boosted(nil), trials: Int, seed: UInt64, context: RunContext
    ) throws -> HyperparameterSearch {
        let quiet = RunContext(workers: context.workers, cancellation: context.cancellation)
        let nuisances = try Nuisances.fit(data, for: [NamedLearner(name, learner)], models: kind, context: quiet)
        let risk = HyperparameterRisk(data, nuisances: nuisances)
        var stream = RandomStream(seed: seed, purpose: "tune")
        let units = data.trainingCount / max(1, data.armCount)
        var proposals: [BoostingSpec] = []
        var scores: [[HyperparameterRisk.ContrastScore]] = []
        for number in 0...trials {
            context.report(Progress(phase: "tuning \(name)", done: number, total: trials + 1))
            try context.cancellation.check()
            let proposal =
                number == 0 ? BoostingSpec() : learner.searchSpace.draw(&stream, trainingUnits: units)
            proposals.append(proposal)
            let found = try learner.setting(proposal).effects(data, nuisances: nuisances, context: quiet)
            scores.append(risk.scores(found.estimates))
        }
        let results = proposals.enumerated().map { number, proposal in
            Trial(
                number: number, settings: proposal, score: HyperparameterRisk.mean(scores[number]),
                gain: number == 0 ? nil : risk.gain(scores[number], over: scores[0]))
        }
        return HyperparameterSearch(
            learner: name, part: learner.searchSpace.part, seed: seed,
            trials: results.sorted { ($0.score, $1.number) > ($1.score, $0.number) })
    }
}

extension HyperparameterSearch: Codable {
    private enum CodingKeys: String, CodingKey {
        case learner, part, seed, trials
    }

    /// Studies hold the learner as specs do, and one that no spec names by its name.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        learner =
            if let name = try? container.decode(String.self, forKey: .learner) { name } else {
                try container.decode(LearnerSpec.self, forKey: .learner).name
            }
        part = try container.decode(Part.self, forKey: .part)
        seed = try container.decode(UInt64.self, forKey: .seed)
        trials = try container.decode([Trial].self, forKey: .trials)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let spec = LearnerSpec.fitted.first(where: { $0.name == learner }) {
            try container.encode(spec, forKey: .learner)
        } else {
            try container.encode(learner, forKey: .learner)
        }
        try container.encode(part, forKey: .part)
        try container.encode(seed, forKey: .seed)
        try container.encode(trials, forKey: .trials)
    }
}
