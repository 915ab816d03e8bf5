import Foundation
import Testing

/// `models`, `scan` and `advise` of the built binary.
@Suite struct JudgingCommandTests {
    private func espalier(_ arguments: [String]) throws -> CommandLineTests.Run {
        try CommandLineTests.espalier(arguments)
    }

    @Test func aReportIsJudgedOnceAndKept() throws {
        try CommandLineTests.inFolder { folder in
            _ = try espalier(["simulate", "notifications", "-o", folder, "--units", "3000", "--seed", "5"])
            let study = folder + "/s.espalier"
            #expect(try espalier(["fit", folder + "/experiment.yaml", "-o", study]).code == 0)
            let judged = try CommandLineTests.json(
                espalier(["models", study, "--learners", "t", "--threads", "1", "--format", "json"]))
            #expect(judged["learners"] as? [String] == ["constant", "t"])
            // Without --learners the kept report is shown; the spec alone gives the same one, on any number of threads.
            let kept = try espalier(["models", study, "--format", "json"]).output
            let ofSpec = try espalier([
                "models", folder + "/experiment.yaml", "--learners", "t", "--threads", "2", "--format", "json",
            ]).output
            #expect(kept == ofSpec)
            let table = try espalier(["models", study]).output
            #expect(table.contains("recommended: ") && table.contains("out of 5 folds"))
            #expect(try espalier(["models", study, "--learners", "t,nonsense"]).code == 64)
        }
    }

    @Test func aScanGoesOnPastErrorsAndSaysSo() throws {
        try CommandLineTests.inFolder { folder in
            _ = try espalier(["simulate", "notifications", "-o", folder, "--units", "2000", "--seed", "5"])
            let run = try espalier(["scan", folder + "/none.yaml", folder + "/experiment.yaml"])
            #expect(run.code == 66 && run.errors.contains("none.yaml"))
            #expect(run.output.contains("of 1 experiments") && run.output.contains("false discovery rate of 5%"))
            #expect(try espalier(["scan", folder + "/experiment.yaml", "--format", "csv"]).code == 0)
            #expect(try espalier(["scan", folder + "/experiment.yaml", "--rate", "2"]).code == 64)
        }
    }

    @Test func adviceNeedsASpecOrASize() throws {
        let size = ["advise", "--units", "4000", "--arms", "3", "--covariates", "10"]
        let advice = try CommandLineTests.json(espalier(size + ["--effect", "1", "--format", "json"]))
        #expect(advice["level"] as? String == "member")
        let open = try espalier(size)
        #expect(open.code == 0 && open.output.contains("--effect"))
        #expect(try espalier(["advise", "--units", "100"]).code == 64)
        #expect(try espalier(size + ["--noise", "0"]).code == 64)
        #expect(try espalier(["advise", "/nonexistent.yaml"]).code == 66)
    }
}
