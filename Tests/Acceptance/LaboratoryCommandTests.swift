import Foundation
import Testing

/// The laboratory's answer of a study, kept by `lab` and told by `advise`, of the built binary.
@Suite struct LaboratoryCommandTests {
    private func espalier(_ arguments: [String]) throws -> CommandLineTests.Run {
        try CommandLineTests.espalier(arguments)
    }

    @Test func anAnswerIsKeptWhereAskedAndTold() throws {
        let sample = try SmallStudy()
        let study = try sample.copy("asked")
        let lab = [
            "lab", "--like", study, "--methods", "global,joint", "--replicates", "3", "--units", "80", "--seed", "2",
        ]
        // Without --keep nothing is written.
        let plain = try espalier(lab + ["--format", "json"])
        let before = try espalier(["advise", study])
        #expect(before.code == 0 && before.output.contains("espalier lab --like \(study) --keep"))
        let open = try CommandLineTests.json(espalier(["advise", study, "--format", "json"]))
        #expect(open["laboratory"] is NSNull && open["families"] is [Any])
        #expect(try espalier(["log", study]).output.split(separator: "\n").count == 2)
        // The same figures, kept; on any number of threads.
        #expect(try espalier(lab + ["--keep", "--threads", "1", "--format", "json"]).output == plain.output)
        let rows = try #require(try CommandLineTests.json(plain)["rows"] as? [[String: Any]])
        let best = try #require(rows.max { ($0["relative"] as? Double ?? -9) < ($1["relative"] as? Double ?? -9) })
        let advice = try CommandLineTests.json(espalier(["advise", study, "--format", "json"]))
        let laboratory = try #require(advice["laboratory"] as? [String: Any])
        #expect(
            Set(laboratory.keys) == [
                "method", "value", "standardError", "relative", "violation", "replicates", "unitsPerArm",
                "notToldApart", "sentence",
            ])
        #expect(laboratory["method"] as? String == best["method"] as? String)
        #expect(laboratory["value"] as? Double == best["value"] as? Double)
        #expect(laboratory["replicates"] as? Int == 3 && laboratory["unitsPerArm"] as? Int == 80)
        let name = try #require(best["method"] as? String)
        let text = try espalier(["advise", study]).output
        #expect(
            text.contains("At your noise level, use \(name): value ") && text.contains("over 3 simulated experiments"))
        // On the screens, too.
        let frame = try sample.frame(study, keys: "7", size: "120x40")
        #expect(frame.contains("lab: \(name) ") && frame.contains("of the oracle (3 replicates)"))
        // The advice on the spec is as it was.
        let spec = sample.folder.appendingPathComponent("experiment.yaml").path
        let ofSpec = try CommandLineTests.json(espalier(["advise", spec, "--format", "json"]))
        let difference = try #require(ofSpec["difference"] as? Double)
        #expect(ofSpec["laboratory"] == nil && difference == advice["difference"] as? Double)
    }

    @Test func differencesFromTwoForestsAreTabled() throws {
        let arguments = ["lab", "--scenario", "2s", "--noise", "5,10", "--units", "60", "--replicates", "2"]
        let both = try espalier(arguments + ["--methods", "heuristic.lp,two-forests"])
        try #require(both.code == 0, "\(both.errors)")
        #expect(both.output.contains("scenario 2s: relative value against two-forests.lp, paired by experiment"))
        let table = both.output.components(separatedBy: "less two-forests.lp")
        let lines = try #require(table.last).split(separator: "\n").dropFirst()
        #expect(table.count == 2 && lines.count == 2 && lines.allSatisfy { $0.contains("heuristic.lp") })
        #expect(try !espalier(arguments + ["--methods", "heuristic"]).output.contains("less two-forests.lp"))
    }

    @Test func keepNeedsAStudy() throws {
        let run = try espalier(["lab", "--scenario", "1", "--keep"])
        #expect(run.code == 64 && run.errors.contains("--keep goes with --like"))
    }
}
