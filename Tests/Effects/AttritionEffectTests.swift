import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Averages where units drop out by arm and covariate.
@Suite struct AttritionEffectTests {
    /// Half of the units treated; Y = 1 + x + [T] (0.5 + 0.5 x) + noise, so that the average effect over all is 0.5. Control
    /// loses 12% whoever they are, the arm those of high x.
    private static func trial(_ seed: UInt64, units: Int = 2_000) throws -> (everyone: Experiment, left: Experiment) {
        var stream = RandomStream(seed: seed, purpose: "attrition")
        let rule = SplitRule(seed: seed, confirmShare: 0, foldCount: 5)
        let order = (1...units).map { (key: StableHash.key(String($0)), row: UInt32($0)) }.sorted { $0.key < $1.key }
        var (x, z, assignment, y, isSeen) = ([Float](), [Float](), [UInt8](), [Double](), [Bool]())
        for _ in 0..<units {
            let (own, other) = (stream.normal(), stream.normal())
            let isTreated = stream.bernoulli(0.5)
            let chance = isTreated ? 1 / (1 + exp(-(1 - 1.2 * own))) : 0.88
            x.append(Float(own))
            z.append(Float(other))
            assignment.append(isTreated ? 1 : 0)
            y.append(1 + own + (isTreated ? 0.5 + 0.5 * own : 0) + stream.normal())
            isSeen.append(stream.bernoulli(chance))
        }
        func experiment(_ kept: [Int], hasOutcome: Bool) -> Experiment {
            Experiment(
                spec: ExperimentSpec(
                    name: "attrition", data: "none", unit: .row,
                    treatment: TreatmentSpec(column: "t", control: "c"),
                    outcomes: [OutcomeSpec(name: "y", direction: .maximize)],
                    covariates: ["x", "z"].map { CovariateSpec(column: $0) }), arms: ["c", "t"],
                outcomes: hasOutcome
                    ? [
                        Outcome(
                            name: "y", direction: .maximize, threshold: nil, armCosts: [0, 0],
                            observed: ScaledColumn(kept.map { y[$0] }))
                    ] : [],
                covariates: [("x", x), ("z", z)].map { name, values in
                    Covariate(name: name, encoding: .numeric(centre: 0), values: kept.map { values[$0] })
                }, units: Units(keys: kept.map { order[$0].key }, rows: kept.map { order[$0].row }),
                assignment: kept.map { assignment[$0] }, propensity: .shares([0.5, 0.5]), splitRule: rule,
                tuneCount: kept.count, suppliedEffects: [],
                dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
        }
        return (
            experiment(Array(0..<units), hasOutcome: false),
            experiment((0..<units).filter { isSeen[$0] }, hasOutcome: true)
        )
    }

    /// Intervals of 95% over simulated experiments: those of the weighted average cover the average effect over all units, in
    /// 95% +- 2 points (nightly 1,000 experiments, else 300 and three standard errors); those of the difference of means of
    /// whoever is left do not.
    @Test func weightedAveragesCover() throws {
        let isNightly = ProcessInfo.processInfo.environment["ESPALIER_NIGHTLY"] != nil
        let replicates = isNightly ? 1_000 : 300
        let found = try Workers().map(replicates) { replicate -> (weighted: Bool, plain: Bool, effect: Double) in
            let trial = try Self.trial(UInt64(replicate + 1))
            let own = try AttritionEffect.estimate(
                trial.left, everyone: trial.everyone, context: RunContext(workers: Workers(count: 1)))[0].weighted
            let plain = AverageEffect.estimate(trial.left, over: trial.left.tune)[0].difference
            return (own.low <= 0.5 && 0.5 <= own.high, plain.low <= 0.5 && 0.5 <= plain.high, own.effect)
        }
        let covered = Double(found.count(where: \.weighted)) / Double(replicates)
        let plain = Double(found.count(where: \.plain)) / Double(replicates)
        let mean = found.reduce(0) { $0 + $1.effect } / Double(replicates)
        print("drop-out by arm and x: weighted covers \(covered), plain \(plain), mean effect \(mean) of 0.5")
        #expect(abs(covered - 0.95) < (isNightly ? 0.02 : 0.038))
        #expect(plain < 0.2)
        #expect(abs(mean - 0.5) < 0.02)
    }

    /// By hand: the arm shows all of 1...10, control 80% of its units, 0...7; two of the arm's ten are cut off.
    @Test func boundsByHand() throws {
        let bounds = try #require(
            LeeBounds(
                treated: (1...10).map(Double.init), control: (0...7).map(Double.init), treatedShare: 1,
                controlShare: 0.8))
        #expect(bounds == LeeBounds(low: 4.5 - 3.5, high: 6.5 - 3.5))
        let turned = try #require(
            LeeBounds(
                treated: (0...7).map(Double.init), control: (1...10).map(Double.init), treatedShare: 0.8,
                controlShare: 1))
        #expect(turned == LeeBounds(low: -3, high: -1))
        #expect(LeeBounds(treated: [], control: [1], treatedShare: 0, controlShare: 1) == nil)
    }

    /// Without drop-out by arm the bounds are the difference itself.
    @Test func boundsMeetWhereSharesAgree() throws {
        let bounds = try #require(
            LeeBounds(treated: [1, 2, 6], control: [0, 1], treatedShare: 0.7, controlShare: 0.7))
        #expect(bounds == LeeBounds(low: 2.5, high: 2.5))
    }
}
