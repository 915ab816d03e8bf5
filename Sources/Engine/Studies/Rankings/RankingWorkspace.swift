import Effects
import Experiments
import Policies
import Ranking
import Runtime
import Statistics
import Synchronization

/// A score of every unit of a study, each by the model of its own fold, which never saw it.
package struct FittedRanker: Sendable {
    package let name: String
    /// By fold; nil where no function of the covariates is the score.
    package let models: [ScoreFunction]?
    /// Of every unit, tune and confirm, whatever its arm.
    package let scores: [Double]
    /// Those of the tune units, the best first: what any budget looks up.
    let descending: [Double]

    init(name: String, models: [ScoreFunction]?, scores: [Double], tuneCount: Int) {
        self.name = name
        self.models = models
        self.scores = scores
        descending = scores[..<tuneCount].sorted(by: >)
    }

    /// Whether a score is value per cost, and so may be held against a price.
    var isRatio: Bool {
        models.map { $0.allSatisfy { if case .ratio = $0 { true } else { false } } } ?? false
    }
}

/// Everything that rankers of one question need of a study; moving a budget fits nothing anew.
package final class RankingWorkspace: Sendable {
    package let study: Study
    package let question: RankingQuestion
    package let features: [RankingFeature]
    let experiment: Experiment
    let folds: [Int]
    /// Units of control and of the arm, ascending: tune, then confirm.
    let units: [Int]
    /// By unit of the study: the value turned so that more is better and the cost as it is, both net of arm costs.
    private let value: [Double]
    private let cost: [Double]
    private let known = Mutex<[Key: FittedRanker]>([:])
    private let judged = Mutex<[Judgement: CurveEstimate]>([:])

    private struct Key: Hashable {
        let ranker: StudyRanker
        let seed: UInt64
    }

    /// What a ranker's curve and its bootstrap depend on.
    private struct Judgement: Hashable {
        let ranker: Key
        let split: EvaluationSplit
        let shares: [Double]
        let replicates: Int
    }

    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    init(_ study: Study, _ question: RankingQuestion, _ context: RunContext) throws {
        self.study = study
        self.question = question
        experiment = try study.readExperiment(context: context)
        features = Self.features(experiment)
        folds = experiment.splitRule.folds(study.units.splitKeys).map(Int.init)
        let arms = study.units.assignment
        units = arms.indices.filter { arms[$0] == 0 || Int(arms[$0]) == question.arm }
        value = Self.outcome(question.value, of: study, sign: study.space.outcomes[question.value].sign)
        cost = Self.outcome(question.cost, of: study, sign: 1)
    }

    private static func outcome(_ j: Int, of study: Study, sign: Double) -> [Double] {
        let outcome = study.space.outcomes[j]
        let costs = study.description.armCosts.map { $0[j] }
        return zip(study.units.observed[j], study.units.assignment).map { observed, arm in
            sign * (outcome.centre + outcome.scale * Double(observed) - costs[Int(arm)])
        }
    }

    /// Every numeric covariate around its mean, every frequent level's indicator, and an indicator of what is missing.
    private static func features(_ experiment: Experiment) -> [RankingFeature] {
        let encoding = FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune)
        let places = Dictionary(experiment.covariates.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var features: [RankingFeature] = []
        for feature in encoding.features {
            guard let index = places[feature.covariate] else { continue }
            switch (experiment.covariates[index].encoding, feature.level) {
            case (.numeric, _):
                var moments = Moments()
                for value in experiment.covariates[index].values[experiment.tune] where !value.isNaN {
                    moments.add(Double(value))
                }
                features.append(RankingFeature(covariate: index, centre: moments.mean))
            case (.categorical(let levels), let level?):
                let code = levels.firstIndex { $0.utf8.elementsEqual(level.utf8) }.map { UInt8($0) }
                features.append(RankingFeature(covariate: index, level: code))
            case (.categorical, nil): break
            }
        }
        for (index, covariate) in experiment.covariates.enumerated()
        where covariate.values[experiment.tune].contains(where: \.isNaN) {
            features.append(RankingFeature(covariate: index))
        }
        return features
    }

    /// P(T = arm given x, T = arm or control).
    private func share(_ unit: Int) -> Double {
        let own = experiment.propensity.of(arm: question.arm, unit: unit)
        return own / (own + experiment.propensity.of(arm: 0, unit: unit))
    }

    private func isTreated(_ unit: Int) -> Bool { Int(experiment.assignment[unit]) == question.arm }

    /// The units of a split that judge: those of control and of the arm.
    func judging(_ split: EvaluationSplit) -> [Int] {
        let tune = study.description.tuneCount
        return units.filter { split == .all || (split == .tune) == ($0 < tune) }
    }

    /// - Throws: `EspalierError` (.data) where the split has units of one arm only, or none.
    package func evaluation(_ split: EvaluationSplit) throws -> EvaluationSample {
        let own = judging(split)
        var weights: [Double]?
        if case .columns = experiment.propensity {
            weights = own.map { isTreated($0) ? 1 / share($0) : 1 / (1 - share($0)) }
        }
        return try EvaluationSample(
            treated: own.map(isTreated), value: own.map { value[$0] }, cost: own.map { cost[$0] },
            inversePropensity: weights, clusters: study.units.clusters.map { clusters in own.map { clusters[$0] } })
    }

    /// Fits rankers, or finds those that are fitted.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func fitted(
        _ rankers: [StudyRanker], seed: UInt64, _ context: RunContext
    ) throws -> [FittedRanker] {
        let missing = rankers.filter { ranker in
            known.withLock { $0[Key(ranker: ranker, seed: seed)] == nil }
        }
        for (ranker, fit) in zip(missing, try fit(missing, seed: seed, context)) {
            known.withLock { $0[Key(ranker: ranker, seed: seed)] = fit }
        }
        return known.withLock { known in rankers.compactMap { known[Key(ranker: $0, seed: seed)] } }
    }

    private func fit(_ rankers: [StudyRanker], seed: UInt64, _ context: RunContext) throws -> [FittedRanker] {
        let learned = rankers.compactMap { ranker in ranker.ranker(seed: seed).map { (ranker, $0) } }
        var models: [StudyRanker: [ScoreFunction]] = [:]
        let foldCount = experiment.splitRule.foldCount
        let columns = experiment.covariates.map(\.values)
        let total = foldCount * learned.count
        for fold in 0..<(learned.isEmpty ? 0 : foldCount) {
            let sample = try sample(outside: fold, columns, seed: seed)
            for (index, (ranker, learner)) in learned.enumerated() {
                try context.cancellation.check()
                context.report(
                    Progress(
                        phase: "ranking units", done: fold * learned.count + index, total: total,
                        detail: "\(learner.name), fold \(fold + 1)"))
                let quiet = RunContext(workers: context.workers, cancellation: context.cancellation)
                models[ranker, default: []].append(try learner.fit(sample, context: quiet).function)
            }
        }
        let tune = study.description.tuneCount
        return try rankers.map { ranker in
            switch ranker {
            case .learner:
                return FittedRanker(name: ranker.title, models: nil, scores: learnersRatio(), tuneCount: tune)
            case .forest:
                return FittedRanker(
                    name: ranker.title, models: nil, scores: try forestRatio(columns, seed: seed, context),
                    tuneCount: tune)
            default:
                let own = models[ranker] ?? []
                return FittedRanker(
                    name: ranker.title, models: own,
                    scores: try features.scores(by: own, columns, folds: folds, context: context),
                    tuneCount: tune)
            }
        }
    }

    /// Tune units of the other folds; nuisance models and penalties draw folds of their own among them.
    private func sample(outside fold: Int, _ columns: [[Float]], seed: UInt64) throws -> RankingSample {
        let own = judging(.tune).filter { folds[$0] != fold }
        return try RankingSample(
            features: features.matrix(columns, units: own), treated: own.map(isTreated),
            propensity: own.map(share), value: own.map { value[$0] }, cost: own.map { cost[$0] },
            keys: own.map { study.units.splitKeys[$0] }, seed: seed)
    }

    /// Both effects in the outcomes' own units, value oriented: the ratio with a floor of a part of the average over tune.
    private func ratio(value: [Double], cost: [Double]) -> [Double] {
        let tune = study.description.tuneCount
        let average = cost[..<tune].reduce(0, +) / Double(max(1, tune))
        return EffectRatioScore.scores(value: value, cost: cost, floor: EffectRatioScore.costFloor * average)
    }

    private func learnersRatio() -> [Double] {
        func effects(_ j: Int, sign: Double) -> [Double] {
            let scale = study.space.outcomes[j].scale
            return study.workspace.table.effects(arm: question.arm, outcome: j).map { sign * scale * Double($0) }
        }
        return ratio(
            value: effects(question.value, sign: study.space.outcomes[question.value].sign),
            cost: effects(question.cost, sign: 1))
    }

    /// One causal forest an outcome and fold.
    private func forestRatio(_ columns: [[Float]], seed: UInt64, _ context: RunContext) throws -> [Double] {
        let data = TrainingData(experiment)
        let binned = try BinnedCovariates(experiment, maximumBins: 64, context: context)
        let tune = judging(.tune)
        let treated = tune.count(where: isTreated)
        let settings = ForestSettings.standard(smallestArm: min(treated, tune.count - treated))
        func effects(_ j: Int, sign: Double) throws -> [Double] {
            var effects = [Double](repeating: 0, count: folds.count)
            let (outcome, costs) = (study.space.outcomes[j], study.description.armCosts)
            for fold in 0..<experiment.splitRule.foldCount {
                let sample = ForestSample(
                    data, ContrastIndex(arm: question.arm, outcome: j), rows: tune.filter { folds[$0] != fold })
                let forest = try CausalForestFit.train(
                    sample, columns: columns, binned: binned, settings: settings,
                    seed: StableHash.mix(seed &+ UInt64(fold * 31 + j)), context: context
                ).forest
                let own = folds.indices.filter { folds[$0] == fold }
                let predicted = try forest.predict(columns, units: own, variances: false, context: context)
                for (unit, effect) in zip(own, predicted.effects) {
                    effects[unit] = sign * (outcome.scale * Double(effect) - (costs[question.arm][j] - costs[0][j]))
                }
            }
            return effects
        }
        return try ratio(
            value: effects(question.value, sign: study.space.outcomes[question.value].sign),
            cost: effects(question.cost, sign: 1))
    }

    /// The curve of a ranker on a split with its bootstrap, or the one that was made before: a further ranker beside it makes none
    /// anew.
    /// - Parameters:
    ///   - ranker: nil for a score that no ranker is, which is judged anew.
    ///   - scores: of the sample's units.
    /// - Throws: as the curve does; `CancellationError`.
    func estimate(
        _ ranker: StudyRanker?, _ scores: [Double], sample: EvaluationSample, split: EvaluationSplit, shares: [Double],
        replicates: Int, seed: UInt64, _ context: RunContext
    ) throws -> CurveEstimate {
        let key = ranker.map {
            Judgement(ranker: Key(ranker: $0, seed: seed), split: split, shares: shares, replicates: replicates)
        }
        if let key, let found = judged.withLock({ $0[key] }) { return found }
        let estimate = try CurveEstimate(
            scores: scores, sample: sample, extraShares: shares, replicates: replicates, seed: seed, context: context)
        if let key { judged.withLock { $0[key] = estimate } }
        return estimate
    }

    /// A column of the data as a score.
    /// - Throws: `EspalierError` where there is no such column, or a unit has no number in it; `CancellationError`.
    func column(_ name: String, _ context: RunContext) throws -> FittedRanker {
        let records = try NumberColumns.read(study.description.dataPath, [(name, "score")], context: context).columns[0]
        return FittedRanker(
            name: name, models: nil, scores: study.units.rows.map { records[Int($0) - 1] },
            tuneCount: study.description.tuneCount)
    }
}

/// The workspaces made so far.
final class RankingWorkspaces: Sendable {
    private let known = Mutex<[RankingQuestion: RankingWorkspace]>([:])

    func workspace(
        _ question: RankingQuestion, make: () throws -> RankingWorkspace
    ) rethrows -> RankingWorkspace {
        if let found = known.withLock({ $0[question] }) { return found }
        let made = try make()
        known.withLock { $0[question] = made }
        return made
    }
}

extension Study {
    /// What ranking needs, made once for every question.
    /// - Throws: `EspalierError` (.usage, .data); `CancellationError`.
    package func rankingWorkspace(_ request: RankingRequest, _ context: RunContext) throws -> RankingWorkspace {
        let question = try request.question(of: self)
        return try rankings.workspace(question) { try RankingWorkspace(self, question, context) }
    }
}
