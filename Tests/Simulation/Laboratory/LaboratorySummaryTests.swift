import Foundation
import Simulation
import Testing

/// What a comparison comes to, in figures and in a sentence.
@Suite struct LaboratorySummaryTests {
    private static func row(_ method: String, _ value: Double, _ relative: Double?) -> LaboratoryRow {
        LaboratoryRow(
            scenario: "s", noise: 1, method: method, value: value, standardError: 0.1, relative: relative,
            violation: 0.02, feasibleShare: 0.8)
    }

    private static func difference(_ method: String, _ value: Double, _ error: Double?) -> LaboratoryDifference {
        LaboratoryDifference(
            scenario: "s", noise: 1, method: method, reference: "joint.lp", value: value, standardError: error)
    }

    private static func summary(
        _ rows: [LaboratoryRow], _ differences: [LaboratoryDifference], replicates: Int = 10
    ) -> LaboratorySummary {
        LaboratorySummary(
            scenario: "s", unitsPerArm: 7_000, replicates: replicates, seed: 1, oracle: 2, mixture: 1, rows: rows,
            differences: differences)
    }

    @Test func theBestIsSaidWithThoseNotToldApart() {
        let summary = Self.summary(
            [Self.row("global", 1, 0.5), Self.row("joint.lp", 1.9, 0.95), Self.row("trees.lp", 1.8, 0.9)],
            [Self.difference("global", -0.45, 0.1), Self.difference("trees.lp", -0.05, 0.03)])
        #expect(summary.best?.method == "joint.lp" && summary.indistinguishable == ["trees.lp"])
        #expect(summary.difference("global")?.isToldApart == true && summary.difference("joint.lp") == nil)
        #expect(
            summary.sentence
                == "use joint.lp: value 1.90 control means (SE 0.100), relative 0.950, violation 0.0200 over 10 simulated "
                + "experiments of 7,000 units an arm; not told apart from trees.lp")
    }

    @Test func nothingToGainIsSaid() {
        let summary = Self.summary([Self.row("global", 0, nil)], [], replicates: 1)
        #expect(summary.best == nil)
        #expect(
            summary.sentence.hasPrefix("there is nothing to gain, whichever method is used (1 simulated experiment of"))
    }

    /// One experiment gives no error: nothing is told apart by it, and JSON says so by null.
    @Test func oneExperimentTellsNothingApart() throws {
        let scenario = try #require(try LaboratoryScenario.bundled("1"))
        let comparison = try LaboratoryComparison(
            scenario, noise: [5, 20], unitsPerArm: 60, replicates: 1, seed: 2,
            methods: LaboratoryMethod.named("global") + LaboratoryMethod.named("heuristic"), populationUnits: 500)
        let summary = try LaboratorySummary(comparison, of: scenario)
        #expect(summary.differences.count == 6 && Set(summary.differences.map(\.noise)) == [5, 20])
        for level in [5.0, 20] {
            let best = try #require(comparison.best(noise: level))
            #expect(best.others.count == 3)
            let own = comparison.differences(from: best.method, noise: level)
            #expect(own.allSatisfy { $0.value <= 0 && $0.standardError == nil && !$0.isToldApart })
        }
        let json = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(LaboratorySummary.self, from: json) == summary)
        #expect(String(decoding: json, as: UTF8.self).contains(#""standardError":null"#))
    }

    @Test func differencesFromAReferenceAreThoseOfTheRows() throws {
        let scenario = try #require(try LaboratoryScenario.bundled("1"))
        let comparison = try LaboratoryComparison(
            scenario, noise: [10], unitsPerArm: 60, replicates: 3, seed: 2,
            methods: LaboratoryMethod.named("heuristic"),
            populationUnits: 500)
        let differences = comparison.differences(from: "heuristic.lp", noise: 10)
        #expect(differences.map(\.method) == ["heuristic.stochastic", "heuristic.chance"])
        let reference = try #require(comparison.row("heuristic.lp", noise: 10)?.relative)
        for difference in differences {
            let own = try #require(comparison.row(difference.method, noise: 10)?.relative)
            #expect(abs(difference.value - (own - reference)) < 1e-12 && difference.standardError != nil)
        }
        #expect(comparison.differences(from: "two-forests.lp", noise: 10).isEmpty)
        #expect(comparison.differences(from: "heuristic.lp", noise: 11).isEmpty)
    }
}
