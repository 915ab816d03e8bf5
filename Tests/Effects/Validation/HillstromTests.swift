import Effects
import Experiments
import Foundation
import Runtime
import Testing

/// The data beside the checkout, where they are.
private enum HillstromData {
    static let path: String? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        let path = folder.appendingPathComponent("shared/data/hillstrom.csv.gz").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}

/// The public e-mail experiment (METHODS section 1): effects of the women's e-mail on visits differ, no other pair's do.
@Suite(.enabled(if: HillstromData.path != nil && Growing.isRelease)) struct HillstromTests {
    @Test func onlyTheWomensMailOnVisitsStandsOut() throws {
        let spec = ExperimentSpec(
            name: "hillstrom", data: try #require(HillstromData.path), unit: .row,
            treatment: TreatmentSpec(
                column: "segment", control: "No E-Mail", arms: ["No E-Mail", "Mens E-Mail", "Womens E-Mail"],
                assignment: .shares([1, 1, 1])),
            outcomes: ["visit", "conversion", "spend"].map { OutcomeSpec(name: $0, direction: .maximize) },
            covariates: ["recency", "history", "mens", "womens", "newbie", "zip_code", "channel"].map {
                CovariateSpec(column: $0)
            })
        let context = RunContext(workers: Workers())
        let experiment = try Experiment.read(spec: spec, folder: "/", context: context).experiment
        let report = try LearnerValidation.run(experiment, learners: [.t, .x, .r, .dr], context: context)
        for judgement in report.judgements {
            print(
                judgement.arm, judgement.outcome, judgement.learner, "tau-risk", judgement.tauRisk, "R",
                judgement.rScore.value,
                "statistic", judgement.test.statistic ?? .nan, "p", judgement.adjustedP)
        }
        let strongest = try #require(report.verdicts.max { ($0.statistic ?? -9) < ($1.statistic ?? -9) })
        #expect(strongest.arm == "Womens E-Mail" && strongest.outcome == "visit" && strongest.isDetected)
        #expect(report.verdicts.count(where: \.isDetected) == 1)
    }
}
