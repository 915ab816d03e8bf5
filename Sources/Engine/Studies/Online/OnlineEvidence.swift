import Effects
import Experiments
import Online
import Optimisers
import Policies
import Runtime
import Statistics

/// What a study's rounds together say: the policies that were measured, and, where the units' covariates are known, the scores of
/// all units (METHODS 8.1, 8.2).
struct OnlineEvidence: Sendable {
    /// A linear policy that was measured; means are at the level of all periods together.
    struct Measured: Sendable {
        let policy: LinearPolicy
        let values: [NoisyValue]
    }

    /// Of the last round's plan.
    let outcomes: [OnlinePlan.Outcome]
    let rounds: [RoundRecord]
    /// nil where only averages are known.
    let scores: OnlineScores?
    /// Why there are no scores.
    let reason: String?
    let measured: [Measured]
    /// Means of control over all rounds, by outcome.
    let control: [NoisyValue]

    /// - Throws: `EspalierError` (.usage) where no round counts or none tested a linear policy; `CancellationError`.
    init(_ study: Study, _ context: RunContext) throws {
        let all = try study.file.rounds(in: study)
        guard let last = all.last else {
            throw EspalierError(
                .usage, "no round of an online test counts", file: study.file.path,
                remedy: "plan one with `espalier online plan`, and read its results with `espalier online read`")
        }
        let names = last.plan.outcomes.map(\.name)
        let rounds = all.filter { round in names.allSatisfy { name in round.plan.outcomes.contains { $0.name == name } }
        }
        self.rounds = rounds
        outcomes = last.plan.outcomes
        let rows = try Rows(study, rounds, outcomes: names, context)
        scores = rows.scores
        reason = rows.reason
        control = Self.control(rounds, names)
        var measured: [Measured] = []
        for (period, round) in rounds.enumerated() {
            let levels = rows.levels?.map { $0[period] } ?? Self.levels(round, names, control)
            for entry in round.plan.policies {
                guard let policy = try Self.linear(entry, study), let means = round.means(of: entry) else { continue }
                measured.append(
                    Measured(
                        policy: policy,
                        values: names.indices.map { j in
                            let index = round.index(of: names[j])
                            return NoisyValue(means.means[index] - levels[j], variance: max(0, means.variance(index)))
                        }))
            }
        }
        guard !measured.isEmpty else {
            throw EspalierError(
                .usage, "no round has tested a policy of weights and biases", file: study.file.path,
                remedy: "plan a round with candidates of `espalier front`")
        }
        self.measured = measured
    }

    private static func linear(_ entry: OnlinePlan.Entry, _ study: Study) throws -> LinearPolicy? {
        guard let id = entry.candidate else { return nil }
        return try study.file.candidate(id).policy.linear
    }

    /// Control's mean over all rounds.
    private static func control(_ rounds: [RoundRecord], _ names: [String]) -> [NoisyValue] {
        let own = rounds.compactMap { round in round.means(of: round.plan.policies[0]).map { (round, $0) } }
        let users = own.reduce(0.0) { $0 + Double($1.1.users) }
        return names.map { name in
            own.reduce(NoisyValue(0)) { sum, item in
                let share = Double(item.1.users) / users
                let index = item.0.index(of: name)
                return NoisyValue(
                    sum.value + share * item.1.means[index],
                    variance: sum.variance + share * share * item.1.variance(index))
            }
        }
    }

    /// The levels of a round's period by its control alone.
    private static func levels(_ round: RoundRecord, _ names: [String], _ control: [NoisyValue]) -> [Double] {
        guard let means = round.means(of: round.plan.policies[0]) else { return names.map { _ in 0 } }
        return names.indices.map { means.means[round.index(of: names[$0])] - control[$0].value }
    }

    /// The rows of all rounds, if they are known with covariates.
    private struct Rows {
        var scores: OnlineScores?
        /// By outcome and then by round.
        var levels: [[Double]]?
        var reason: String?

        init(_ study: Study, _ rounds: [RoundRecord], outcomes names: [String], _ context: RunContext) throws {
            let space = study.space
            // Models weigh much, and are asked for only where a round was read under an earlier fit.
            var models: EffectModels?
            let fit = try study.file.fitNumber()
            var (keys, arms, periods): ([UInt64], [UInt8], [UInt8]) = ([], [], [])
            var covariates = study.description.covariates.map { _ in [Float]() }
            var effects = ContrastIndex.all(arms: space.armCount, outcomes: space.outcomeCount).map { _ in [Float]() }
            var own = space.arms.map { _ in [Float]() }
            var values = names.map { _ in [Double]() }
            for (period, round) in rounds.enumerated() {
                guard round.covariates == study.description.covariates else {
                    reason = "round \(round.number) has no covariates of its units as the study encodes them"
                    return
                }
                let (rows, units) = try study.file.rows(round)
                guard let units else { return }
                let net: [[Float]]
                if round.fit == fit {
                    net = units.effects
                } else {
                    if models == nil { models = try study.file.models() }
                    guard let fitted = models else {
                        reason = "the study has no models, and round \(round.number) was read under an earlier fit"
                        return
                    }
                    net = try study.effects(fitted, units.covariates, keys: rows.keys, context)
                }
                guard let given = rows.arms ?? units.certainArms else {
                    reason = "round \(round.number) has no arms of its units"
                    return
                }
                keys += rows.keys
                arms += given
                periods += Array(repeating: UInt8(period), count: rows.keys.count)
                for index in covariates.indices { covariates[index] += units.covariates[index] }
                for index in effects.indices { effects[index] += net[index] }
                for index in own.indices { own[index] += units.propensities[index] }
                for (j, name) in names.enumerated() { values[j] += rows.outcomes[round.index(of: name)] }
            }
            let columns = EffectColumns(space, study.netEffects(effects), unitCount: keys.count)
            let propensities =
                rounds.allSatisfy { $0.fit == fit }
                ? try Self.joined(study, rounds, covariates, effects, keys, context) : own
            let features = UnitFeatures(
                zip(covariates, study.description.covariates).map { values, description in
                    UnitFeatures.Covariate(
                        values: values,
                        isCategorical: { if case .categorical = description.encoding { true } else { false } }())
                }, effects: effects, unitCount: keys.count)
            let draw = SaltedDraw(seed: study.description.spec.splits.seed, salt: "online fold")
            let regression = try ArmRegression(
                features, arms: arms, armCount: space.armCount, periods: periods, periodCount: rounds.count,
                folds: keys.map { UInt8(draw.group($0, of: 2)) }, outcomes: values, context: context)
            levels = regression.periodLevels
            scores = OnlineScores(
                columns,
                ArmScores(arms: arms, outcomes: values, propensities: propensities, means: regression.means))
        }

        /// Propensities over all rounds, each by its users: with which probability a unit of any round would have got each arm.
        private static func joined(
            _ study: Study, _ rounds: [RoundRecord], _ covariates: [[Float]], _ effects: [[Float]], _ keys: [UInt64],
            _ context: RunContext
        ) throws -> [[Float]] {
            let users = Float(rounds.reduce(0) { $0 + $1.unitCount })
            var total = study.space.arms.map { _ in [Float](repeating: 0, count: keys.count) }
            for round in rounds {
                let given = try ArmsGiven(
                    study, round.plan, covariates: covariates, effects: effects, keys: keys, context)
                let share = Float(round.unitCount) / users
                for (arm, column) in given.propensities(round.plan).enumerated() {
                    for unit in column.indices { total[arm][unit] += share * column[unit] }
                }
            }
            return total
        }
    }
}

extension RoundRecord {
    func index(of outcome: String) -> Int { plan.outcomes.firstIndex { $0.name == outcome } ?? 0 }

    func means(of entry: OnlinePlan.Entry) -> PolicyMeans? { means.first { $0.policy == entry.id } }
}
