import Experiments
import Runtime
import Simulation
import Statistics
import Testing

@Suite struct SyntheticExperimentTests {
    static let units = 20_000

    /// The generator's published variance of tau: 1 + 1/16 + 1/8 = 1.1875, mean 1/4 (closed form).
    @Test func theFirstEffectIsThePublishedOne() throws {
        let synthetic = try SyntheticExperiment.make(units: Self.units, seed: 11)
        #expect(synthetic.effects.count == 1)
        let moments = Moments(synthetic.effects[0].map(Double.init))
        #expect(abs(moments.mean - 0.25) < 4 * moments.standardError)
        // The variance of a normal-like sample variance is 2 var^2 / n.
        #expect(abs(moments.variance - 1.1875) < 4 * 1.1875 * (2 / Double(Self.units)).squareRoot())
        let x = synthetic.experiment.covariates.map(\.values)
        for unit in [0, 1, 500, Self.units - 1] {
            let step: Float = x[1][unit] > 0 ? 0.5 : 0
            let slope: Float = x[3][unit] > 0 ? 0.5 * x[2][unit] : 0
            #expect(abs(synthetic.effects[0][unit] - (x[0][unit] + step - slope)) < 1e-5)
        }
    }

    /// Y - x4 - .5 x5^2 - tau of the unit's arm is standard normal noise, in every outcome.
    @Test func outcomesAreBaselineEffectAndUnitNoise() throws {
        let synthetic = try SyntheticExperiment.make(units: Self.units, covariates: 6, arms: 4, outcomes: 3, seed: 12)
        let experiment = synthetic.experiment
        #expect(experiment.arms.count == 4 && experiment.outcomes.count == 3 && synthetic.effects.count == 9)
        let x = experiment.covariates.map(\.values)
        for (index, outcome) in experiment.outcomes.enumerated() {
            let noise = Moments(
                (0..<Self.units).lazy.map { unit in
                    let arm = Int(experiment.assignment[unit])
                    let effect = arm == 0 ? 0 : Double(synthetic.effects[(arm - 1) * 3 + index][unit])
                    let baseline = Double(x[4][unit]) + 0.5 * Double(x[5][unit] * x[5][unit])
                    return outcome.observed.value(unit) - baseline - effect
                })
            #expect(abs(noise.mean) < 4 * noise.standardError)
            #expect(abs(noise.standardDeviation - 1) < 4 / (2 * Double(Self.units)).squareRoot())
        }
    }

    @Test func unitsStandInCanonicalOrder() throws {
        let experiment = try SyntheticExperiment.make(units: 5000, seed: 13).experiment
        let keys = experiment.units.keys
        let isConfirm = experiment.splitRule.confirm(keys)
        #expect(isConfirm[experiment.tune].allSatisfy { !$0 })
        #expect(isConfirm[experiment.confirm].allSatisfy { $0 })
        for split in [experiment.tune, experiment.confirm] {
            #expect(zip(keys[split], keys[split].dropFirst()).allSatisfy { $0 < $1 })
        }
        #expect(experiment.units.rows.sorted() == (1...5000).map { UInt32($0) })
        for (key, row) in zip(keys, experiment.units.rows).prefix(50) { #expect(key == StableHash.key("\(row)")) }
        #expect(abs(Double(experiment.tuneCount) / 5000 - 0.7) < 4 * (0.21 / 5000).squareRoot())
    }

    @Test func armsAreEquallyLikely() throws {
        let assignment = try SyntheticExperiment.make(units: Self.units, arms: 4, seed: 14).experiment.assignment
        let error = (0.25 * 0.75 / Double(Self.units)).squareRoot()
        for arm in UInt8(0)..<4 {
            let share = Double(assignment.count { $0 == arm }) / Double(Self.units)
            #expect(abs(share - 0.25) < 4 * error)
        }
    }

    @Test func threadsDoNotMatterAndSeedsDo() throws {
        func make(seed: UInt64, threads: Int) throws -> SyntheticExperiment {
            try .make(units: 3000, arms: 3, outcomes: 2, seed: seed, workers: Workers(count: threads))
        }
        let one = try make(seed: 15, threads: 1)
        let many = try make(seed: 15, threads: 5)
        let other = try make(seed: 16, threads: 1)
        #expect(one.effects == many.effects)
        #expect(one.effects != other.effects)
        #expect(one.experiment.assignment == many.experiment.assignment)
        #expect(one.experiment.outcomes.map(\.observed) == many.experiment.outcomes.map(\.observed))
        #expect(one.experiment.units.keys == many.experiment.units.keys)
        #expect(one.experiment.covariates.map(\.values) == many.experiment.covariates.map(\.values))
    }

    /// Effects of different (arm, outcome) pairs are not multiples of one another: no correlation near 1.
    @Test func policiesHaveSomethingToTrade() throws {
        let effects = try SyntheticExperiment.make(units: 2000, arms: 4, outcomes: 3, seed: 17).effects
        for first in effects.indices {
            for second in effects.indices where second > first {
                #expect(abs(correlation(effects[first], effects[second])) < 0.99, "\(first) \(second)")
            }
        }
    }

    private func correlation(_ a: [Float], _ b: [Float]) -> Double {
        let (a, b) = (a.map(Double.init), b.map(Double.init))
        let (first, second) = (Moments(a), Moments(b))
        let product = zip(a, b).reduce(0.0) { $0 + ($1.0 - first.mean) * ($1.1 - second.mean) }
        return product / (first.deviations * second.deviations).squareRoot()
    }
}
