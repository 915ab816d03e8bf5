import Experiments
import Foundation
import Runtime
import Statistics
import Testing
import Warehouses

/// Splits that a warehouse draws alike (`splits: {rule: md5}`).
@Suite struct MD5SplitTests {
    private let rule = SplitRule(seed: 7, confirmShare: 0.3, foldCount: 5, hash: .md5)

    /// By the rule, written out in Python with hashlib.
    @Test func splitsOfSixteenUnits() {
        let keys = rule.keys(of: (1...16).map { "unit-\($0)" })
        #expect(rule.confirm(keys).map { $0 ? 1 : 0 } == [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1])
        #expect(rule.folds(keys) == [2, 1, 4, 0, 3, 3, 3, 2, 0, 4, 4, 2, 4, 0, 1, 3])
        #expect(rule.estimation(keys).map { $0 ? 1 : 0 } == [0, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0])
    }

    /// DuckDB and PostgreSQL count as many of a million units below 4ccccccd. Threads change nothing.
    @Test func aMillionUnits() throws {
        let ids = (1...1_000_000).map(String.init)
        let keys = try rule.keys(of: ids, workers: Workers(count: 2))
        #expect(rule.confirm(keys).count { $0 } == 300_173)
        #expect(Set(keys).count == ids.count)
        #expect(Array(keys.prefix(40_000)) == rule.keys(of: Array(ids.prefix(40_000))))
    }

    @Test(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) func duckDBSplitsAlike() throws {
        let ids = (0..<5_000).map { "ü\($0)" }
        let keys = rule.keys(of: ids)
        let answer = try DuckDBCommand(try #require(InstalledEngine.duckdb)).ask(
            """
            SELECT (m[1:8] < '4ccccccd')::INTEGER, (m[9:16] >= '33333334')::INTEGER + (m[9:16] >= '66666667')::INTEGER
              + (m[9:16] >= '9999999a')::INTEGER + (m[9:16] >= 'cccccccd')::INTEGER, (m[17:24] < '80000000')::INTEGER
            FROM (SELECT i, md5('7:ü' || i) AS m FROM range(5000) r(i)) ORDER BY i
            """, [.integer, .integer, .integer])
        let own = [
            rule.confirm(keys).map { $0 ? 1 : 0 }, rule.folds(keys).map { Int($0) },
            rule.estimation(keys).map { $0 ? 1 : 0 },
        ]
        for (column, values) in own.enumerated() {
            let differing = zip(answer[column].integers, values).count { $0 != $1 }
            #expect(answer[column].integers.count == values.count && differing == 0)
        }
    }

    /// Rows in another order, of units one by one, of clusters and of a log: each unit is split by its id, or its cluster's.
    @Test(arguments: ["unit: id", "unit: id\ncluster: home"]) func experimentsAreSplitByIds(unit: String) throws {
        let spec = Scratch.plainSpec.replacing("unit: id", with: unit) + "\nsplits: {rule: md5}"
        var rows = (0..<300).map { "u\($0),h\($0 / 3),\($0 % 2 == 0 ? "c" : "t"),\($0 % 7),\($0)" }
        let column = unit.contains("cluster") ? 1 : 0
        var random = RandomStream(seed: 3)
        for _ in 0..<2 {
            let experiment = try Scratch().read("id,home,t,y,x\n" + rows.joined(separator: "\n"), spec: spec).experiment
            #expect(experiment.splitRule.hash == .md5)
            let ids = experiment.units.rows.map { row in
                String(rows[Int(row) - 1].split(separator: ",")[column])
            }
            let keys = rule.keys(of: ids)
            #expect(experiment.units.splitKeys == keys)
            #expect(rule.confirm(keys) == ids.indices.map { $0 >= experiment.tuneCount })
            #expect(Set(rule.confirm(keys)).count == 2)
            rows.shuffle(using: &random)
        }
    }

    @Test func aLogIsSplitByIds() throws {
        let spec =
            Scratch.plainSpec.replacing(
                "data: data.csv", with: "data: {file: data.csv, grain: many, exposure: at}") + "\nsplits: {rule: md5}"
        let rows = (0..<200).flatMap { unit in
            (1...2).map { "u\(unit),2024-05-0\(3 - $0),\(unit % 2 == 0 ? "c" : "t"),\(unit % 7),\(unit)" }
        }
        let experiment = try Scratch().read("id,at,t,y,x\n" + rows.joined(separator: "\n"), spec: spec).experiment
        // Each unit's first exposure stands second.
        let keys = rule.keys(of: experiment.units.rows.map { "u\((Int($0) - 1) / 2)" })
        #expect(experiment.unitCount == 200 && experiment.units.splitKeys == keys)
    }

    /// Each row a unit: its number is the id.
    @Test func rowsAreSplitByTheirNumbers() throws {
        let spec = Scratch.plainSpec.replacing("unit: id", with: "unit: row") + "\nsplits: {seed: 7, rule: md5}"
        let rows = (0..<100).map { "\($0 % 2 == 0 ? "c" : "t"),\($0 % 7),\($0)" }
        let experiment = try Scratch().read("t,y,x\n" + rows.joined(separator: "\n"), spec: spec).experiment
        #expect(experiment.units.splitKeys == rule.keys(of: experiment.units.rows.map { "\($0)" }))
    }

    @Test func newUnitsFallIntoTheSameFolds() throws {
        let scratch = try Scratch()
        let path = try scratch.write("id,home,x\nu1,h1,1\nu2,h2,2\n", as: "new.csv")
        for cluster in [nil, "home"] {
            var keys: [UInt64] = []
            _ = try CovariateSource(
                path: path, unit: .column("id"), cluster: cluster, splits: rule,
                covariates: [CovariateSource.Column(name: "x", encoding: .numeric(centre: 0))]
            ).stream { keys += $0.splitKeys }
            #expect(keys == rule.keys(of: cluster == nil ? ["u1", "u2"] : ["h1", "h2"]))
        }
    }

    /// What was written before there was another rule stays as it was.
    @Test func theUsualRuleIsNotNamed() throws {
        let usual = SplitRule(seed: 7, confirmShare: 0.3, foldCount: 5)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(usual), as: UTF8.self)
                == #"{"confirmShare":0.3,"foldCount":5,"seed":7}"#)
        #expect(String(decoding: try encoder.encode(rule), as: UTF8.self).contains(#""hash":"md5""#))
        #expect(usual.keys(of: ["unit-1"]) == [StableHash.key("unit-1")])
        let spec = try ExperimentSpec.read(yaml: Scratch.plainSpec + "\nsplits: {rule: hash}", file: "spec.yaml")
        #expect(spec.splits == SplitSpec())
        #expect {
            try ExperimentSpec.read(yaml: Scratch.plainSpec + "\nsplits: {rule: md4}", file: "spec.yaml")
        } throws: { "\($0)".contains("splits.rule must be hash or md5 but is \"md4\"") }
    }
}
