import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Advice about drop-out, followed.
@Suite struct AttritionSignTests {
    /// An effect of 0.4 where the arm loses so many units of high x, which have high outcomes, that the means of those left say
    /// the opposite. Adjusted by x the effect of those left is positive; so it is when the advice is followed, and it is that of
    /// all units.
    @Test(arguments: 1...10)
    func signsStay(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "attrition signs")
        let rows = (0..<4_000).map { row -> String in
            let x = random.normal()
            let isTreated = row % 2 == 1
            let y = 2 * x + (isTreated ? 0.4 + 0.2 * x : 0) + random.normal()
            let isLost = random.bernoulli(isTreated ? 1 / (1 + exp(0.5 - 1.5 * x)) : 0.1)
            return "\(row),\(isTreated ? "t" : "c"),\(isLost ? "" : "\(y)"),\(x)"
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data((["id,t,y,x"] + rows).joined(separator: "\n").utf8).write(
            to: folder.appendingPathComponent("data.csv"))
        let spec = """
            name: signs
            data: data.csv
            unit: id
            treatment: {column: t, control: c, arms: [c, t], shares: [1, 1]}
            outcomes: [{name: y, direction: maximize, missing: drop}]
            covariates: [x]

            """
        func read(_ spec: String) throws -> ExperimentReading {
            try Experiment.read(spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: folder.path)
        }
        func effects(_ experiment: Experiment) throws -> (plain: MeanDifference, adjusted: MeanDifference) {
            let plain = AverageEffect.estimate(experiment, over: experiment.tune)
            let adjusted = try AdjustedEffect.estimate(
                experiment, over: experiment.tune, plain: plain, context: RunContext())
            return (plain[0].difference, try #require(adjusted.first).difference)
        }
        let left = try read(spec)
        let before = try effects(left.experiment)
        #expect(before.plain.high < 0 && before.adjusted.low > 0)
        let advice = try #require(HealthReport.examine(left).findings.first { $0.check == .attrition })
        #expect(advice.severity == .blocking && advice.remedy?.contains("say attrition: weights") == true)
        let after = try effects(try read(spec + "attrition: weights\n").experiment)
        #expect(after.plain.low > 0 && after.adjusted.low > 0)
        #expect(abs(after.adjusted.effect - 0.4) < 4 * after.adjusted.standardError)
        // Averages so weighted are those that `check` shows beside Lee's bounds, but for who trains their models.
        let shown = try AttritionEffect.estimate(left.observed, everyone: try #require(left.everyone))[0].weighted
        #expect(abs(shown.effect - 0.4) < 4 * shown.standardError)
    }
}
