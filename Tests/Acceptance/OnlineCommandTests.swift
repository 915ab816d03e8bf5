import Foundation
import Testing

/// The online phase by commands: planned, played, read, chosen, refitted, launched and watched.
@Suite struct OnlineCommandTests {
    private static let small = try? SmallStudy(units: 3_000)

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    private func kinds(_ study: String) throws -> [String] {
        try run(["log", study]).output.split(separator: "\n").dropFirst().map { line in
            let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(fields?["kind"] as? String)
        }
    }

    /// Every step leaves its entry; a planted loss ends the watch with exit code 1, and nothing else does.
    @Test func theLoopLeavesItsEntries() throws {
        let small = try #require(Self.small)
        let study = try small.copy("loop")
        func path(_ name: String) -> String { small.folder.appendingPathComponent("loop-\(name)").path }
        func step(_ arguments: [String], _ kinds: [String]) throws {
            let before = try self.kinds(study)
            let done = try run(arguments)
            #expect(done.code == 0, "\(arguments): \(done.errors)")
            #expect(try self.kinds(study) == before + kinds, "\(arguments)")
        }
        try step(["add", study, "--weight", "ctr=3"], ["candidate.add"])
        try step(["pick", study, "--candidate", "A"], ["picks.set"])
        try step(["online", "plan", study, "--users", "500", "-o", path("plan.json")], ["online.plan"])
        try step(["simulate", "online", path("plan.json"), "-o", path("results.csv"), "--seed", "2"], [])
        try step(["online", "read", study, path("results.csv")], ["online.read"])
        try step(["online", "read", study, path("results.csv")], [])
        try step(["online", "read", study, "--take-back", "1"], ["online.withdraw"])
        try step(["online", "read", study, path("results.csv")], ["online.read"])
        try step(["online", "next", study, "--replicate", "--candidate", "A"], ["online.next"])
        try step(["online", "next", study, "--policies", "2"], ["online.next"])
        try step(
            ["online", "plan", study, "--next", "--explore", "thompson", "-o", path("second.json")], ["online.plan"])
        try step(["online", "refit", study], ["fit"])
        try step(["online", "launch", study, "--candidate", "A", "-o", path("policy.json")], ["online.launch"])
        for (loss, code) in [("0", 0), ("2", 1)] as [(String, Int32)] {
            let log = path("log-\(loss).csv")
            try step(
                [
                    "simulate", "online", path("policy.json"), "--days", "30", "--units", "30000", "--loss", loss, "-o",
                    log,
                ],
                [])
            let watched = try run(["online", "monitor", path("policy.json"), log, "--format", "json"])
            #expect(watched.code == code, "\(watched.errors)")
            let told = try JSONSerialization.jsonObject(with: Data(watched.output.utf8)) as? [String: Any]
            #expect(told?["alarm"] as? Bool == (code == 1))
        }
    }

    /// The plan of a first experiment needs a spec and no data, and `assign` runs it.
    @Test func aFirstExperimentIsPlannedByItsSpec() throws {
        let small = try #require(Self.small)
        let plan = small.folder.appendingPathComponent("first.json").path
        let spec = small.folder.appendingPathComponent("experiment.yaml").path
        let planned = try run(["online", "plan", "--random", spec, "--detect", "0.1", "-o", plan])
        #expect(planned.code == 0 && planned.errors.contains("1,570 users each show a difference of 0.100"))
        let units = small.folder.appendingPathComponent("units.csv.gz").path
        let given = try run(["assign", plan, units]).output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(given[0] == ["unit", "policy", "arm", "propensity"] && given.count == 3_001)
        #expect(given.dropFirst().allSatisfy { $0[1] == "control" ? $0[2] == "control" : $0[1] == "arm-\($0[2])" })
        for arguments in [["--random", spec, small.fitted], ["--random", spec, "--next"], ["--detect", "0.1"], []] {
            let refused = try run(["online", "plan"] + arguments)
            #expect(refused.code == 64 && refused.output.isEmpty, "\(arguments)")
        }
    }
}
