import Effects
import Experiments
import Runtime
import Statistics
import Testing

@Suite struct AdjustedEffectTests {
    /// y = rho b + sqrt(1 - rho^2) e + effect, b known before exposure and correlated with a covariate.
    private func experiment(
        _ units: Int, seed: UInt64, correlation: Double, varies: Bool = false, effect: (Float) -> Double = { _ in 0.2 }
    ) -> Experiment {
        var stream = RandomStream(seed: seed, purpose: "adjusted")
        var (before, x, y) = ([Double](), [Float](), [Double]())
        var arms: [UInt8] = []
        var propensities = [[Float]](repeating: [], count: 2)
        for _ in 0..<units {
            let b = stream.normal()
            let own = Float(0.6 * b + 0.8 * stream.normal())
            let treated = varies ? (own > 0 ? 0.7 : 0.3) : 0.4
            let arm = stream.bernoulli(treated) ? 1 : 0
            before.append(10 + 3 * b)
            x.append(own)
            arms.append(UInt8(arm))
            propensities[0].append(Float(1 - treated))
            propensities[1].append(Float(treated))
            let noise = (1 - correlation * correlation).squareRoot() * stream.normal()
            y.append(correlation * b + noise + (arm == 1 ? effect(own) : 0))
        }
        let made = SimulatedExperiment(units: units, seed: seed).make()
        return made.replacing(
            arms: ["c", "t"],
            outcomes: [
                Outcome(
                    name: "y", direction: .maximize, threshold: nil, armCosts: [], observed: ScaledColumn(y),
                    preperiod: ScaledColumn(before))
            ], covariates: [Covariate(name: "x", encoding: .numeric(centre: 0), values: x)], assignment: arms,
            propensity: varies ? .columns(propensities) : .shares([0.6, 0.4]))
    }

    private func estimate(_ made: Experiment) throws -> [AdjustedEffect.Method: AdjustedEffect] {
        let plain = AverageEffect.estimate(made, over: made.tune)
        let adjusted = try AdjustedEffect.estimate(
            made, over: made.tune, plain: plain, context: RunContext(workers: Workers(count: 1)))
        return Dictionary(uniqueKeysWithValues: adjusted.map { ($0.method, $0) })
    }

    /// The closed form: CUPED leaves 1 - rho^2 of the variance.
    @Test(arguments: [0.0, 0.3, 0.7, 0.95]) func cupedLeavesOneLessTheSquaredCorrelation(correlation: Double) throws {
        let found = try estimate(experiment(100_000, seed: 3, correlation: correlation))
        let ratio = try #require(found[.cuped]).varianceRatio
        print(
            "CUPED at rho \(correlation): \(ratio) of the variance is left, 1 - rho^2 = \(1 - correlation * correlation)"
        )
        #expect(abs(ratio - (1 - correlation * correlation)) < 0.01)
        // The covariate adds nothing to the value before exposure.
        #expect(abs(try #require(found[.regression]).varianceRatio - ratio) < 0.01)
    }

    /// Where one arm shows no variance another's stands in for it, and leaving that out is no gain.
    @Test func anArmWithoutVarianceIsNotAdjusted() throws {
        let made = experiment(400, seed: 5, correlation: 0.5)
        let values = made.assignment.indices.map { unit in
            made.assignment[unit] == 0 ? 0 : Double(made.outcomes[0].observed.values[unit])
        }
        let still = made.replacing(outcome: ScaledColumn(values), covariates: made.covariates)
        let plain = AverageEffect.estimate(still, over: still.tune)
        #expect(plain[0].difference.standardError > 0)
        #expect(try AdjustedEffect.estimate(still, over: still.tune, plain: plain).isEmpty)
    }

    /// The interacted regression by numpy on 240 units that anybody can make again (the data of `EffectVarianceTests`).
    @Test func regressionAgreesWithNumPy() throws {
        let units = 0..<240
        let t = units.map { ($0 * 7 + $0 / 5) % 2 }
        let a = units.map { ($0 * 11 / 3) % 3 }
        let b = units.map { ($0 * 13 / 7) % 2 }
        let x = units.map { Double(($0 * 37) % 101) / 10 }
        let y = units.map { i -> Double in
            let effect = 1 + (a[i] == 1 ? 0.8 : 0) - (a[i] == 2 && b[i] == 1 ? 0.6 : 0) + 0.07 * x[i]
            let noise = (Double((i * i * 31 + i * 17) % 97) / 97 - 0.5) * Double(2 + a[i])
            return 0.5 * Double(a[i]) + 0.3 * Double(b[i]) + Double(t[i]) * effect + 0.05 * x[i] + noise
        }
        let made = SimulatedExperiment(units: 240).make().replacing(
            outcome: ScaledColumn(y),
            covariates: [
                Covariate(name: "x", encoding: .numeric(centre: 0), values: x.map { Float($0) }),
                Covariate(name: "a", encoding: .categorical(levels: ["0", "1", "2"]), values: a.map { Float($0) }),
            ], assignment: t.map { UInt8($0) })
        let found = try #require(estimate(made)[.regression])
        #expect(abs(found.difference.effect - 1.5065209898589833) < 1e-5)
        #expect(abs(found.difference.standardError - 0.11999245133139438) < 1e-5)
    }

    /// Intervals cover the average effect, where effects differ by the covariate and propensities may vary with it: 95% +- 2
    /// points over 1,000 experiments.
    @Test(arguments: [false, true]) func intervalsCover(varies: Bool) throws {
        let replicates = Growing.replicates(1000)
        var covered: [AdjustedEffect.Method: Int] = [:]
        var ratios: [AdjustedEffect.Method: Double] = [:]
        for seed in 1...UInt64(replicates) {
            let made = experiment(600, seed: seed, correlation: 0.7, varies: varies) { 1 + Double($0) }
            for (method, found) in try estimate(made) {
                covered[method, default: 0] += found.difference.low <= 1 && 1 <= found.difference.high ? 1 : 0
                ratios[method, default: 0] += found.varianceRatio / Double(replicates)
            }
        }
        for method in AdjustedEffect.Method.allCases {
            let rate = Double(covered[method] ?? 0) / Double(replicates)
            print(
                "coverage of \(method), propensities \(varies ? "vary" : "equal"): \(rate), variance ratio \(ratios[method] ?? 0)"
            )
            #expect(abs(rate - 0.95) < (Growing.isRelease ? 0.02 : 0.06))
        }
    }

    @Test func withoutAnythingToAdjustByNothingIsAdjusted() throws {
        let made = SimulatedExperiment(units: 300, covariates: 0).make()
        let plain = AverageEffect.estimate(made, over: made.tune)
        let adjusted = try AdjustedEffect.estimate(made, over: made.tune, plain: plain)
        #expect(adjusted.isEmpty)
        #expect(AdjustedEffect.findings(adjusted, made).map(\.severity) == [.note])
    }
}
