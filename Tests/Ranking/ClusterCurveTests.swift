import Ranking
import Runtime
import Statistics
import Testing

/// Cost curves whose bootstrap draws clusters.
@Suite struct ClusterCurveTests {
    private let trial = RankingTrial(units: 1_200, seed: 3)

    private func sample(_ clusters: [UInt64]?) throws -> EvaluationSample {
        try EvaluationSample(treated: trial.treated, value: trial.value, cost: trial.cost, clusters: clusters)
    }

    /// A replicate is the curve of its clusters' units, written out as often as their cluster counts.
    @Test func replicatesAreCurvesOfResampledClusters() throws {
        let clusters = trial.treated.indices.map { UInt64($0 / 7) &* 0x9e37 }
        let sample = try sample(clusters)
        let estimate = try CurveEstimate(scores: trial.oracle, sample: sample, replicates: 33, seed: 4)
        let counts = PoissonCounts(seed: 4, replicates: 33)
        for replicate in [0, 1, 32] {
            let units = clusters.indices.flatMap { unit in
                [Int](
                    repeating: unit,
                    count: counts.count(hash: PoissonCounts.hash(key: clusters[unit]), replicate: replicate))
            }
            let curve = try CostCurve(
                scores: units.map { trial.oracle[$0] },
                sample: EvaluationSample(
                    treated: units.map { trial.treated[$0] }, value: units.map { trial.value[$0] },
                    cost: units.map { trial.cost[$0] }))
            for index in curve.shares.indices {
                #expect(abs(estimate.replicates[replicate].values[index] - curve.values[index]) < 1e-5)
                #expect(abs(estimate.replicates[replicate].costs[index] - curve.costs[index]) < 1e-5)
            }
        }
    }

    /// Copies of every unit in clusters of four tell nothing new: the intervals are those of the units alone, up to the draws and
    /// the stretch for 300 clusters; taken for independent they are half as wide.
    @Test func copiesTellNothingNew() throws {
        let units = Array(0..<300)
        let copies = units.flatMap { [Int](repeating: $0, count: 4) }
        func width(_ units: [Int], _ clusters: [UInt64]?) throws -> Double {
            let sample = try EvaluationSample(
                treated: units.map { trial.treated[$0] }, value: units.map { trial.value[$0] },
                cost: units.map { trial.cost[$0] }, clusters: clusters)
            let estimate = try CurveEstimate(
                scores: units.map { trial.oracle[$0] }, sample: sample, replicates: 2_000)
            let interval = try #require(estimate.valueInterval(4))
            return interval.high - interval.low
        }
        let (alone, together, apart) = (
            try width(units, nil), try width(copies, copies.map { UInt64($0) }), try width(copies, nil)
        )
        #expect(abs(together / alone - 1) < 0.08)
        #expect(abs(apart / alone - 0.5) < 0.08)
    }

    @Test func theOrderOfRowsSaysNothing() throws {
        let clusters = trial.treated.indices.map { UInt64($0 % 60) }
        let order = Array(trial.treated.indices.reversed())
        let turned = try EvaluationSample(
            treated: order.map { trial.treated[$0] }, value: order.map { trial.value[$0] },
            cost: order.map { trial.cost[$0] }, clusters: order.map { clusters[$0] })
        let one = try CurveEstimate(scores: trial.oracle, sample: sample(clusters), replicates: 64)
        let two = try CurveEstimate(scores: order.map { trial.oracle[$0] }, sample: turned, replicates: 64)
        for index in one.curve.shares.indices {
            let (a, b) = (try #require(one.valueInterval(index)), try #require(two.valueInterval(index)))
            #expect(abs(a.low - b.low) < 1e-5 && abs(a.high - b.high) < 1e-5)
        }
    }

    /// Ten clusters of one size: sqrt(10/9) x t(9)/z = 1.0541 x 2.2622/1.9600 (Student's table).
    @Test func fewClustersHaveWiderIntervals() throws {
        let clusters = trial.treated.indices.map { UInt64($0 % 10) }
        #expect(abs(try #require(sample(clusters).effectiveClusterCount) - 10) < 1e-9)
        let own = try CurveEstimate(scores: trial.oracle, sample: sample(clusters), replicates: 400)
        let plain = CurveEstimate(curve: own.curve, replicates: own.replicates)
        let (wide, narrow) = (try #require(own.valueInterval(2)), try #require(plain.valueInterval(2)))
        let factor = 1.0540926 * 2.2621572 / 1.959964
        let value = own.curve.values[2]
        #expect(abs((wide.high - value) - factor * (narrow.high - value)) < 1e-6)
        #expect(abs((value - wide.low) - factor * (value - narrow.low)) < 1e-6)
        let names = ["oracle", "value"]
        func differences(_ clusters: [UInt64]?) throws -> RankerComparison.Difference {
            try RankerComparison(
                names: names, scores: [trial.oracle, trial.valueEffects], sample: sample(clusters), replicates: 200
            ).differences(from: 0)[0]
        }
        let single = try #require(differences(trial.treated.indices.map { UInt64($0) }).interval)
        let units = try #require(differences(nil).interval)
        // Clusters of one unit: the same draws up to the keys' hashes, and hardly a stretch.
        #expect(abs((single.high - single.low) / (units.high - units.low) - 1) < 0.01)
    }
}
