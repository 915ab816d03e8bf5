import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Simulation
import Studies
import Testing

@Suite struct JudgedStudyTests {
    private func inFolder<Value>(units: Int, _ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path, units: units, seed: 11)
        return try body(folder.path)
    }

    /// A report is kept with the study, and outcomes without detectable heterogeneity start nearly shrunk.
    @Test func theReportIsKeptAndSetsTheStart() throws {
        try inFolder(units: 4_000) { folder in
            let path = folder + "/study.espalier"
            let context = RunContext(workers: Workers())
            let fit = try StudyFit.run(specPath: folder + "/experiment.yaml", context: context)
            var study: Study? = try Study.create(at: path, fit: fit, workers: Workers())
            #expect(try study?.file.modelReport() == nil)
            let report = try #require(try study?.perform(ValidateLearners("t"), context))
            study = nil
            let opened = try Study(opening: path)
            #expect(try opened.file.modelReport() == report)
            let knobs = PolicyKnobs.start(in: opened.space, judgedBy: report)
            for (j, outcome) in opened.space.outcomes.enumerated() {
                let isDetected = report.verdicts.contains { $0.outcome == outcome.name && $0.isDetected }
                #expect(knobs.shrinkage[j] == (isDetected ? 0 : PolicyKnobs.undetectedShrinkage))
            }
            #expect(report.isDetected(outcome: "no such outcome") == nil)
            #expect(PolicyKnobs.start(in: opened.space, judgedBy: nil) == PolicyKnobs.start(in: opened.space))
        }
    }

    /// Settings that were tried and subgroups that were searched are kept with the fit, and gone with the next.
    @Test func triedSettingsAndSubgroupsAreKeptUntilTheNextFit() throws {
        try inFolder(units: 1_500) { folder in
            let path = folder + "/study.espalier"
            let context = RunContext(workers: Workers())
            let fit = try StudyFit.run(specPath: folder + "/experiment.yaml", context: context)
            var study: Study? = try Study.create(at: path, fit: fit, workers: Workers())
            #expect(try study?.file.hyperparameters() == nil)
            #expect(try study?.file.subgroups() == [])
            let tuning = try #require(try study?.perform(SearchHyperparameters(trials: 1, seed: 4), context))
            #expect(tuning.trials.count == 2 && tuning.seed == 4)
            let first = try #require(try study?.perform(FindSubgroups(arm: 2, outcome: 1), context))
            let second = try #require(try study?.perform(FindSubgroups(arm: 1, outcome: 0), context))
            _ = try study?.perform(FindSubgroups(arm: 2, outcome: 1), context)
            study = nil
            let file = try StudyFile(opening: path)
            #expect(try file.hyperparameters() == tuning)
            #expect(try file.subgroups() == [second, first])
        }
        try inFolder(units: 1_000) { folder in
            let path = folder + "/study.espalier"
            let fit = try StudyFit.run(specPath: folder + "/experiment.yaml", context: RunContext())
            _ = try Study.create(at: path, fit: fit, workers: Workers())
                .perform(FindSubgroups(arm: 1, outcome: 0), RunContext())
            #expect(try Study.create(at: path, fit: fit, workers: Workers()).file.subgroups().isEmpty)
        }
    }

    /// Other data than those fitted are not judged in their name.
    @Test func changedDataAreRefused() throws {
        try inFolder(units: 1_000) { folder in
            let fit = try StudyFit.run(specPath: folder + "/experiment.yaml", context: RunContext())
            let study = try Study.create(at: folder + "/s.espalier", fit: fit, workers: Workers())
            try FileManager.default.removeItem(atPath: study.description.dataPath)
            #expect(throws: EspalierError.self) { try study.perform(ValidateLearners("t"), RunContext()) }
        }
    }

    /// One spec's error does not stop the others; detection is by the false discovery rate over all pairs.
    @Test func aScanGoesOnPastErrors() throws {
        try inFolder(units: 2_000) { folder in
            var failed: [String] = []
            let scan = try PortfolioScan.run(
                [folder + "/none.yaml", folder + "/experiment.yaml"], learners: [.t, .dr], rate: 0.05,
                context: RunContext(workers: Workers())
            ) { spec, error in
                failed.append(spec)
                #expect(error.kind == .noInput)
            }
            #expect(failed == [folder + "/none.yaml"] && scan.failures.count == 1 && scan.testedExperiments == 1)
            #expect(scan.findings.count == 9)
            #expect(scan.findings.allSatisfy { $0.isDetected == ($0.adjustedP <= 0.05) && $0.adjustedP >= $0.p })
            #expect((scan.detectedExperiments == 1) == scan.findings.contains { $0.isDetected })
        }
    }
}
