import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Units whose clusters the spec names: splits, checks and errors go by clusters.
@Suite struct DeclaredClusterTests {
    private static let spec = UncleanFile.spec.replacingOccurrences(
        of: "unit: user_id", with: "unit: user_id\ncluster: household")

    /// 60 households of 1 to 12 units, each of one arm or of arms drawn by unit.
    private func data(isTogether: Bool = true) -> (file: UncleanFile, households: [Int]) {
        var random = RandomStream(seed: 7)
        let households = (0..<60).flatMap { Array(repeating: $0, count: 1 + $0 % 12) }
        let arms = (0..<60).map { _ in random.bernoulli(0.5) ? "treated" : "control" }
        var file = UncleanFile(rows: households.count)
        file.map("arm") { row, _ in
            isTogether ? arms[households[row]] : random.bernoulli(0.5) ? "treated" : "control"
        }
        file.add("household") { "h\(households[$0])" }
        return (file, households)
    }

    @Test func splitsGoByClusters() throws {
        let (file, households) = data()
        let experiment = try file.read(Self.spec).experiment
        let runs = try #require(experiment.units.clusterRuns(in: 0..<experiment.unitCount))
        #expect(runs.count == 60)
        func household(_ unit: Int) -> Int { households[Int(experiment.units.rows[unit]) - 1] }
        for run in runs.ranges { #expect(Set(run.map(household)).count == 1) }
        let (tune, confirm) = (Set(experiment.tune.map(household)), Set(experiment.confirm.map(household)))
        #expect(tune.isDisjoint(with: confirm) && !confirm.isEmpty)
        #expect(experiment.randomisedUnits.count == 60)
    }

    @Test func rowsMayComeInAnyOrder() throws {
        let (file, _) = data()
        var turned = file
        turned.rows.reverse()
        let (one, other) = (try file.read(Self.spec).experiment, try turned.read(Self.spec).experiment)
        #expect(one.units.keys == other.units.keys && one.units.clusters == other.units.clusters)
        #expect(one.outcomes.map(\.clustering) == other.outcomes.map(\.clustering))
    }

    /// Against the sums of residuals by cluster, one cluster and one arm at a time.
    @Test(arguments: [true, false]) func theDesignEffectIsTheRatioOfTheVariances(isTogether: Bool) throws {
        let experiment = try data(isTogether: isTogether).file.read(Self.spec).experiment
        let clustering = try #require(experiment.outcomes[0].clustering)
        let clusters = try #require(experiment.units.clusters)
        let values = experiment.outcomes[0].observed.values
        var influence: [UInt64: [Double]] = [:]
        var (plain, corrections) = (0.0, [1.0, 1.0])
        for arm in 0...1 {
            let own = experiment.tune.filter { experiment.assignment[$0] == arm }
            let n = Double(own.count)
            let mean = own.reduce(0) { $0 + Double(values[$1]) } / n
            var sizes: [UInt64: Double] = [:]
            for unit in own {
                let part = (Double(values[unit]) - mean) / n
                influence[clusters[unit], default: [0, 0]][arm] += part
                sizes[clusters[unit], default: 0] += 1
                plain += part * part * n / (n - 1)
            }
            let effective = n * n / sizes.values.reduce(0) { $0 + $1 * $1 }
            corrections[arm] = effective / (effective - 1)
        }
        let robust = influence.values.reduce(0) {
            $0 + corrections[0] * $1[0] * $1[0] + corrections[1] * $1[1] * $1[1] - 2 * $1[0] * $1[1]
        }
        #expect(abs(clustering.designEffects[0] - robust / plain) < 1e-9)
    }

    @Test func checksCountClusters() throws {
        let told = try data().file.report(Self.spec)
        #expect(
            told.findings.contains {
                $0.check == .metricUnit && $0.sentence.hasPrefix("units come in 60 clusters of \"household\"")
            })
        // By units, households of one arm would break the ratio of the arms far too often.
        #expect(try data().file.report(Self.spec).findings.first { $0.check == .sampleRatio }?.severity == .ok)
        #expect(try data().file.report().findings.contains { $0.remedy?.hasPrefix("write cluster: household") == true })
    }

    @Test(arguments: [
        ("user_id", "data.yaml:3: the cluster column \"user_id\" is also the unit column"),
        ("arm", "the cluster column \"arm\" is also the treatment column"),
        ("converted", "the cluster column \"converted\" is also read for the outcome \"converted\""),
        ("houses", "houses"),
    ])
    func whatCannotBeAClusterIsSaid(column: String, sentence: String) throws {
        let spec = Self.spec.replacingOccurrences(of: "cluster: household", with: "cluster: \(column)")
        let said = try #require(try data().file.failure(spec))
        #expect(said.contains(sentence.replacingOccurrences(of: "data.yaml:3: ", with: "")), "\(said)")
    }

    @Test func everyUnitNeedsACluster() throws {
        var (file, _) = data()
        file.map("household") { row, value in row == 17 ? "" : value }
        let said = try #require(try file.failure(Self.spec))
        #expect(said.contains("19: the cluster column \"household\" is empty; give every row its cluster"), "\(said)")
    }
}
