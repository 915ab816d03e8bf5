import Ranking
import Runtime
import Statistics
import Synchronization
import Testing

@Suite struct RankerTests {
    private static func direct(_ change: (inout DirectRanker.Settings) -> Void) -> DirectRanker {
        var settings = DirectRanker.Settings()
        change(&settings)
        return DirectRanker(settings)
    }

    private static let all: [any Ranker] = [
        EffectRatioRanker(), EffectRatioRanker(.dr), PricedEffectRanker(), DirectRanker(),
        direct { $0.isResidualised = true }, direct { $0.hiddenUnits = 3 },
        direct { $0.selection = .constrained(share: 0.4) },
    ]

    @Test func everyRankerFindsAnEasyOrder() throws {
        let trial = RankingTrial(units: 4_000, seed: 21)
        let fresh = RankingTrial(units: 4_000, seed: 22)
        let best = try #require(try fresh.trueArea(fresh.oracle))
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
        for ranker in Self.all {
            let model = try ranker.fit(trial.sample(), context: RunContext())
            let area = try #require(try fresh.trueArea(model.scores(fresh.features)))
            #expect(area > 0.9 * best, "\(ranker.name): \(area) of \(best)")
        }
    }

    /// Units of measurement say nothing: value and cost times 1e-3 and 1e3 leave every order as it is.
    @Test func scalesDoNotMatter() throws {
        let trial = RankingTrial(units: 1_500, seed: 23)
        let sample = try trial.sample()
        for ranker in Self.all {
            let scores = try ranker.fit(sample, context: RunContext()).scores(trial.features)
            for (value, cost) in [(1e-3, 1e3), (1e3, 1e-3)] {
                let scaled = try RankingSample(
                    features: trial.features, treated: sample.treated, propensity: sample.propensity,
                    value: sample.value.map { $0 * value }, cost: sample.cost.map { $0 * cost })
                let other = try ranker.fit(scaled, context: RunContext()).scores(trial.features)
                #expect(Self.concordance(scores, other) > 0.999, "\(ranker.name)")
            }
        }
    }

    /// The share of some pairs that two scores put in the same order.
    private static func concordance(_ one: [Double], _ two: [Double]) -> Double {
        let pairs = (0..<5_000).map { (($0 * 7919) % one.count, ($0 * 104_729 + 1) % one.count) }.filter {
            $0.0 != $0.1
        }
        let same = pairs.count { (one[$0.0] < one[$0.1]) == (two[$0.0] < two[$0.1]) }
        return Double(same) / Double(pairs.count)
    }

    @Test func threadsDoNotChangeABit() throws {
        let trial = RankingTrial(units: 1_200, seed: 24)
        for ranker in Self.all {
            let scores = try [1, 2].map {
                try ranker.fit(trial.sample(), context: RunContext(workers: Workers(count: $0))).scores(trial.features)
            }
            #expect(scores[0] == scores[1])
        }
    }

    /// METHODS section 0: the model of a fold never saw its outcomes, for any ranker; folds are those of the units' keys.
    @Test func aFoldsOwnOutcomesDoNotReachItsScores() throws {
        let trial = RankingTrial(units: 900, seed: 25)
        let sample = try trial.sample()
        let disturbed = try RankingSample(
            features: sample.features, treated: sample.treated, propensity: sample.propensity,
            value: sample.value.indices.map { sample.value[$0] + (sample.folds[$0] == 2 ? Double($0 % 7) : 0) },
            cost: sample.cost)
        #expect(sample.folds == disturbed.folds && Set(sample.folds) == [0, 1, 2, 3, 4])
        for ranker in Self.all {
            func scores(_ sample: RankingSample) throws -> [Double] {
                try Self.crossFitted(ranker, sample).scores(sample.features, folds: sample.folds)
            }
            let (a, b) = (try scores(sample), try scores(disturbed))
            let changed = Set(a.indices.filter { a[$0] != b[$0] }.map { sample.folds[$0] })
            #expect(changed == [0, 1, 3, 4], "\(ranker.name)")
        }
    }

    private static func crossFitted(_ ranker: any Ranker, _ sample: RankingSample) throws -> CrossFittedRanking {
        try CrossFittedRanking(ranker, sample)
    }

    /// Folds follow the key of a unit, wherever its row stands.
    @Test func foldsFollowKeys() throws {
        let trial = RankingTrial(units: 300, seed: 26)
        let keys = (0..<300).map { UInt64($0) &* 977 }
        func sample(_ order: [Int]) throws -> RankingSample {
            try RankingSample(
                features: trial.features.rows(order), treated: order.map { trial.treated[$0] },
                propensity: order.map { _ in 0.5 }, value: order.map { trial.value[$0] },
                cost: order.map { trial.cost[$0] }, keys: order.map { keys[$0] })
        }
        let (forward, backward) = (try sample(Array(0..<300)), try sample(Array((0..<300).reversed())))
        #expect(forward.folds == backward.folds.reversed())
    }

    /// Means taken off first: far better where baselines are curved.
    @Test func residualsHelpOnCurvedBaselines() throws {
        let fresh = RankingTrial(units: 4_000, seed: 28)
        var areas = (plain: 0.0, residualised: 0.0)
        for seed in 0..<4 {
            let trial = RankingTrial(units: 1_500, seed: UInt64(30 + seed), curved: true)
            for isResidualised in [false, true] {
                let ranker = Self.direct { $0.isResidualised = isResidualised }
                let scores = try ranker.fit(trial.sample(), context: RunContext()).scores(fresh.features)
                let area = try #require(try fresh.trueArea(scores))
                if isResidualised { areas.residualised += area / 4 } else { areas.plain += area / 4 }
            }
        }
        #expect(areas.residualised > areas.plain + 0.02)
    }

    /// A cost that hardly varies about 0 for half the units: the floored ratio and the softplus keep an order; both stay finite.
    @Test func costsNearZeroAreSurvived() throws {
        let trial = RankingTrial(units: 3_000, seed: 40)
        var stream = RandomStream(seed: 41)
        let costs = trial.treated.indices.map { unit -> Double in
            let effect = trial.features[unit, 1] > 0 ? 1 : 0.001
            return (trial.treated[unit] ? effect : 0) + 0.5 * stream.normal()
        }
        let sample = try RankingSample(
            features: trial.features, treated: trial.treated, propensity: trial.treated.map { _ in 0.5 },
            value: trial.value, cost: costs)
        let effects = trial.treated.indices.map { trial.features[$0, 1] > 0 ? 1 : 0.001 }
        for ranker in Self.all {
            let scores = try ranker.fit(sample, context: RunContext()).scores(trial.features)
            #expect(scores.allSatisfy { $0.isFinite })
            let area = try #require(
                try CostCurve(scores: scores, valueEffects: trial.valueEffects, costEffects: effects).area)
            #expect(area > 0.7, "\(ranker.name): \(area)")
        }
    }

    /// A budget holds what the selected share costs, and a wide one changes nothing of note.
    @Test func aBudgetIsKept() throws {
        let trial = RankingTrial(units: 4_000, seed: 50)
        func cost(_ budget: Double?) throws -> Double {
            let ranker = Self.direct {
                $0.selection = .constrained(share: 0.4, budget: budget)
                $0.steps = 300
            }
            let scores = try ranker.fit(trial.sample(), context: RunContext()).scores(trial.features)
            let curve = try CostCurve(scores: scores, valueEffects: trial.valueEffects, costEffects: trial.costEffects)
            return curve.costs[3]
        }
        let free = try cost(nil)
        let tight = try cost(0.75 * free)
        #expect(tight < 0.9 * free)
        #expect(abs(try cost(10) - free) < 0.05 * free)
    }

    /// A weight on a third outcome turns the order towards it.
    @Test func severalOutcomesAreWeighed() throws {
        let trial = RankingTrial(units: 3_000, seed: 60)
        var stream = RandomStream(seed: 61)
        let third = trial.treated.indices.map {
            (trial.treated[$0] ? 1 + trial.features[$0, 3] : 0) + stream.normal()
        }
        let sample = try RankingSample(
            features: trial.features, treated: trial.treated, propensity: trial.treated.map { _ in 0.5 },
            value: trial.value, cost: trial.cost, others: [third])
        func correlation(_ weight: Double) throws -> Double {
            let ranker = Self.direct { $0.otherWeights = [weight] }
            let scores = try ranker.fit(sample, context: RunContext()).scores(trial.features)
            return trial.treated.indices.reduce(0) { $0 + scores[$1] * trial.features[$1, 3] } / Double(scores.count)
        }
        let (against, none, with) = (try correlation(-1), try correlation(0), try correlation(1))
        #expect(with > none + 0.1 && none > against + 0.1)
    }

    @Test func progressAndCancelling() throws {
        let trial = RankingTrial(units: 600, seed: 70)
        let seen = Mutex<[Progress]>([])
        _ = try DirectRanker().fit(
            trial.sample(), context: RunContext(report: { progress in seen.withLock { $0.append(progress) } }))
        #expect(seen.withLock { $0.map(\.done) } == Array(stride(from: 10, through: 150, by: 10)))
        let cancellation = Cancellation()
        let stopping = RunContext(
            cancellation: cancellation, report: { if $0.done >= 20 { cancellation.cancel() } })
        #expect(throws: CancellationError.self) { try DirectRanker().fit(trial.sample(), context: stopping) }
        let cancelled = Cancellation()
        cancelled.cancel()
        for ranker in Self.all {
            #expect(throws: CancellationError.self) {
                try ranker.fit(trial.sample(), context: RunContext(cancellation: cancelled))
            }
        }
    }

    @Test func badInputIsOneSentence() throws {
        let trial = RankingTrial(units: 100, seed: 80)
        func sentence(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        func sample(treated: [Bool], propensity: Double) throws -> RankingSample {
            try RankingSample(
                features: trial.features, treated: treated, propensity: treated.map { _ in propensity },
                value: trial.value, cost: trial.value.map { _ in 2 })
        }
        #expect(
            sentence { _ = try sample(treated: trial.treated.map { _ in true }, propensity: 0.5) }
                .contains("every unit is in one arm"))
        #expect(
            sentence { _ = try sample(treated: trial.treated, propensity: 1) }.contains("a propensity is not between"))
        let constant = try sample(treated: trial.treated, propensity: 0.5)
        #expect(
            sentence { _ = try DirectRanker().fit(constant, context: RunContext()) }
                .contains("the cost is the same for every unit"))
    }
}
