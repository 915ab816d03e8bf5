import Foundation
import Statistics
import Testing
import Workbench

/// The kinds of rows on the Cohorts screen: of one tree, in groups, merged.
@Suite struct CohortKindTests {
    @Test func aGroupOpensIntoItsCohortsAndClosesAgain() throws {
        let sample = try SampleSession(title: "many", write: Self.writeMany)
        let trees = try #require(sample.session.state.facts.trees)
        let all = trees.cohorts.rows.count
        #expect(all > 12)
        try sample.type("3v")
        #expect(sample.session.state.cohorts.view.kind == .groups)
        let groups = try #require(sample.session.state.results[.cohortGroups])
        #expect((2...12).contains(groups.table.rows.count))
        // What the policy gives and gains is there for the groups too.
        let gains = try #require(sample.session.state.results[.cohortGains])
        #expect(gains.groups.map(\.units) == groups.table.rows.map(\.units))
        try sample.type("j<Enter>")
        #expect(sample.session.state.cohorts.view.group == 1)
        let frame = sample.frame(120, 30).text
        #expect(frame.contains("\(groups.cohorts(of: 1).count) of \(all) cohorts") && frame.contains("in group 2"))
        try sample.type("<Esc>")
        #expect(sample.session.state.cohorts.view.group == nil && sample.session.state.cohorts.view.kind == .groups)
        #expect(sample.session.state.cohorts.row == 1)
        try sample.type("v")
        #expect(sample.session.state.cohorts.view.kind == .merged)
        try sample.type("v")
        #expect(sample.session.state.cohorts.view.kind == .joint)
    }

    /// Effects that turn at the middle of two covariates for each outcome, so that 16 cohorts are merged from the trees.
    private static func writeMany(to folder: URL) throws {
        var stream = RandomStream(seed: 5)
        var text = "id,arm,x1,x2,x3,x4,first,second\n"
        for unit in 0..<6_000 {
            let arm = stream.index(below: 2)
            let x = (0..<4).map { _ in stream.normal() }
            func turn(_ a: Double, _ b: Double) -> Double { arm == 0 ? 0 : (a > 0 ? 2 : -1) + (b > 0 ? 1 : -2) }
            let (first, second) = (turn(x[0], x[1]) + stream.normal(), turn(x[2], x[3]) + stream.normal())
            text += "\(unit),\(arm),\(x.map { "\($0)" }.joined(separator: ",")),\(first),\(second)\n"
        }
        try text.write(to: folder.appendingPathComponent("many.csv"), atomically: true, encoding: .utf8)
        let spec = """
            name: many
            data: many.csv
            unit: id
            treatment: {column: arm, control: "0"}
            outcomes:
              - {name: first, direction: maximize}
              - {name: second, direction: maximize}
            covariates: [x1, x2, x3, x4]
            """
        try spec.write(to: folder.appendingPathComponent("experiment.yaml"), atomically: true, encoding: .utf8)
    }

    @Test func rulesAreInQuantileWordsOrInNumbers() throws {
        let sample = try SampleSession()
        let trees = try #require(sample.session.state.facts.trees)
        let row = try #require(trees.joint?.table.rows.first)
        let words = try #require(row.words)
        #expect(words != row.rule && words.contains("%"))
        try sample.type("3")
        #expect(sample.frame(200, 40).text.contains(words.split(separator: " and ")[0]))
        // The numbers stand below whatever the list shows.
        #expect(sample.frame(200, 40).text.contains(row.rule))
        try sample.type("n")
        #expect(!sample.frame(200, 40).text.contains(words))
    }

    /// A view that an earlier version saved knows of merged cohorts by another key.
    @Test func aViewOfAnEarlierVersionOpensAsItWas() throws {
        var saved = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(CohortsState())) as? [String: Any])
        var view = try #require(saved["cohortsView"] as? [String: Any])
        view["isMerged"] = true
        saved["cohortsView"] = view
        let data = try JSONSerialization.data(withJSONObject: saved)
        #expect(try JSONDecoder().decode(CohortsState.self, from: data).view.kind == .merged)
        view["isMerged"] = nil
        saved["cohortsView"] = view
        let without = try JSONSerialization.data(withJSONObject: saved)
        #expect(try JSONDecoder().decode(CohortsState.self, from: without).view.kind == nil)
    }
}
