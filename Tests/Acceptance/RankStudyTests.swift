import Foundation
import Testing

/// `espalier rank STUDY` and what follows from it, as a script would use them.
@Suite struct RankStudyTests {
    private static let small = try? SmallStudy(units: 3_000)

    private func study(_ name: String) throws -> String { try #require(Self.small).copy("rank-\(name)") }

    private func json(_ arguments: [String]) throws -> [String: Any] {
        try CommandLineTests.json(CommandLineTests.espalier(arguments + ["--format", "json"]))
    }

    @Test func theContractsKeysAreThere() throws {
        let document = try json([
            "rank", study("keys"), "--cost", "disables", "--arm", "cap_low", "--ranker", "r", "--ranker", "drm",
        ])
        #expect(Set(document.keys) == ["value", "cost", "arm", "units", "rankers", "curves", "finding", "caveats"])
        #expect(document["value"] as? String == "sessions" && document["arm"] as? String == "cap_low")
        let rankers = try #require(document["rankers"] as? [[String: Any]])
        #expect(rankers.map { $0["name"] as? String } == ["R ratio", "DRM"])
        for ranker in rankers { #expect(Set(ranker.keys) == ["name", "area", "low", "high", "difference"]) }
        let curves = try #require(document["curves"] as? [[String: Any]])
        #expect(curves.map { $0["name"] as? String } == ["R ratio", "DRM", "random"])
        let points = try #require(curves[0]["points"] as? [[String: Any]])
        #expect(points.count == 10)
        #expect(points.allSatisfy { Set($0.keys) == ["share", "value", "valueLow", "valueHigh", "cost"] })
    }

    /// Kept, written and assigned it is the same policy, and worth the same.
    @Test func fromRankingToUnits() throws {
        let small = try #require(Self.small)
        let study = try study("whole")
        let policy = small.folder.appendingPathComponent("ranking.json").path
        let asked = ["rank", study, "--cost", "disables", "--arm", "cap_low", "--budget", "share:0.2"]
        _ = try SmallStudy.run(asked + ["-o", policy])
        let kept = try json(asked + ["--add", "--ranker", "r"])
        let candidate = try #require(kept["candidate"] as? Int)
        let budget = try #require(kept["budget"] as? [String: Any])
        #expect(abs(try #require(budget["share"] as? Double) - 0.2) < 0.001)
        let again = small.folder.appendingPathComponent("again.json").path
        _ = try SmallStudy.run(["export", study, "--candidate", "\(candidate)", "-o", again])
        let units = small.folder.appendingPathComponent("units.csv").path
        let data = FileManager.default.fileExists(atPath: units) ? units : units + ".gz"
        let assigned = try SmallStudy.run(["assign", policy, data])
        #expect(try SmallStudy.run(["assign", again, data]) == assigned)
        let targeted = assigned.split(separator: "\n").count { $0.contains("cap_low") }
        #expect(abs(Double(targeted) - 600) < 60)
        let evaluated = try json(["evaluate", study, "--policy", policy])
        let outcome = try #require((evaluated["outcomes"] as? [[String: Any]])?.first)
        let own = try #require((budget["outcomes"] as? [[String: Any]])?.first)
        func gain(_ document: [String: Any]) throws -> Double {
            try #require((document["difference"] as? [String: Any])?["value"] as? Double)
        }
        #expect(try gain(outcome) == gain(own))
    }

    @Test func confirmIsALook() throws {
        let study = try study("confirm")
        let asked = ["rank", study, "--cost", "disables", "--ranker", "r", "--split", "confirm"]
        let run = try CommandLineTests.espalier(asked)
        #expect(run.code == 0 && run.errors.contains("looks at it so far: 1"))
        #expect(run.errors.contains("has the largest average effect on sessions"))
        #expect(try SmallStudy.run(["log", study]).contains("confirm.ranking"))
    }

    @Test(
        arguments: [
            (["--cost", "sessions"], 64, "value and cost are both"), ([], 64, "names no cost"),
            (["--cost", "disables", "--budget", "share:2", "--add"], 64, "not between 0 and 1"),
            (["--cost", "disables", "--ranker", "garden"], 64, "no ranker garden"),
            (["--cost", "disables", "--arm", "control"], 64, "is control"),
            (["--cost", "disables", "--budget", "share:0.2", "--ranker", "learner", "--add"], 64, "cannot carry"),
        ] as [([String], Int32, String)])
    func mistakesAreToldInOneSentence(arguments: [String], code: Int32, words: String) throws {
        let arm = arguments.contains("--arm") ? [] : ["--arm", "cap_low"]
        let run = try CommandLineTests.espalier(["rank", study("\(arguments.hashValue)")] + arm + arguments)
        #expect(run.code == code && run.errors.contains(words), "\(arguments): \(run.code) \(run.errors)")
        #expect(run.output.isEmpty && run.errors.split(separator: "\n").count == 1)
    }
}
