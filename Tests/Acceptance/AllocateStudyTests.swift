import Foundation
import Testing

/// `espalier allocate STUDY` and what follows from it, as a script would use them.
@Suite struct AllocateStudyTests {
    private static let small = try? SmallStudy(units: 3_000)

    private func study(_ name: String) throws -> String { try #require(Self.small).copy("allocate-\(name)") }

    private func json(_ arguments: [String]) throws -> [String: Any] {
        try CommandLineTests.json(CommandLineTests.espalier(arguments + ["--format", "json"]))
    }

    @Test(arguments: ["global", "mixture", "lp", "stochastic", "chance", "member"])
    func theContractsKeysAreThere(method: String) throws {
        let document = try json([
            "allocate", study(method), "--method", method, "--cohorts", "heuristic:visits_28d:3", "--bootstrap", "20",
            "--limit", "disables=relative:-0.05",
        ])
        let keys: Set<String> = [
            "method", "cohorts", "outcomes", "bootstrap", "prices", "splitCohorts", "iterations",
        ]
        #expect(keys.isSubset(of: Set(document.keys)))
        #expect(document["method"] as? String == method)
        let cohorts = try #require(document["cohorts"] as? [[String: Any]])
        #expect(cohorts.count == 3)
        for cohort in cohorts {
            #expect(Set(cohort.keys) == ["id", "rule", "units", "share", "arms"])
            let arms = try #require(cohort["arms"] as? [String: Double])
            #expect(arms.count == 4 && abs(arms.values.reduce(0, +) - 1) < 1e-9)
        }
        let outcomes = try #require(document["outcomes"] as? [[String: Any]])
        #expect(outcomes.map { $0["name"] as? String } == ["sessions", "ctr", "disables"])
        for outcome in outcomes {
            let wanted: Set<String> = ["name", "plugIn", "corrected", "fold", "confirm", "threshold", "limit"]
            #expect(Set(outcome.keys) == wanted)
            let confirm = try #require(outcome["confirm"] as? [String: Any])
            #expect(confirm["value"] is Double && confirm["standardError"] is Double)
        }
        let bootstrap = try #require(document["bootstrap"] as? [String: Any])
        #expect(bootstrap["resamples"] as? Int == (method == "member" ? 0 : 20))
        #expect(bootstrap["infeasible"] is Int)
    }

    /// Kept, exported and assigned it is the same policy, and worth the same.
    @Test func fromAllocationToUnits() throws {
        let small = try #require(Self.small)
        let study = try study("whole")
        let allocated = try json([
            "allocate", study, "--cohorts", "heuristic:visits_28d:4", "--method", "stochastic", "--add", "--bootstrap",
            "0",
        ])
        let candidate = try #require(allocated["candidate"] as? Int)
        let policy = small.folder.appendingPathComponent("allocation.json").path
        _ = try SmallStudy.run(["export", study, "--candidate", "\(candidate)", "-o", policy])
        let units = small.folder.appendingPathComponent("units.csv").path
        let data = FileManager.default.fileExists(atPath: units) ? units : units + ".gz"
        let assigned = try SmallStudy.run(["assign", policy, data]).split(separator: "\n")
        #expect(assigned.count > 3_000 - 100)
        let evaluated = try json(["evaluate", study, "--policy", policy, "--split", "confirm"])
        let outcome = try #require((evaluated["outcomes"] as? [[String: Any]])?.first)
        let gain = try #require((outcome["difference"] as? [String: Any])?["value"] as? Double)
        let own = try #require((allocated["outcomes"] as? [[String: Any]])?.first?["confirm"] as? [String: Any])
        #expect(own["value"] as? Double == gain)
        // The same policy is looked at once, by whichever name.
        let log = try SmallStudy.run(["log", study])
        #expect(log.contains("confirm.allocation"))
        // Its arms in a file are a policy, too; and so are probabilities of arms.
        let arms = small.folder.appendingPathComponent("arms.csv").path
        let header =
            try String(contentsOfFile: policy, encoding: .utf8).contains(#""unit":"member""#) ? "member" : "row"
        let lines = assigned.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
        try (["\(header),arm"] + lines).joined(separator: "\n").write(toFile: arms, atomically: true, encoding: .utf8)
        let byArm = try json(["evaluate", study, "--assignments", arms])
        let shares = small.folder.appendingPathComponent("shares.csv").path
        let names = ["control", "cap_low", "cap_mid", "cap_high"]
        let rows = lines.map { line -> String in
            let parts = line.split(separator: ",")
            return ([String(parts[0])] + names.map { $0 == parts[1] ? "1" : "0" }).joined(separator: ",")
        }
        try (["\(header)," + names.joined(separator: ",")] + rows).joined(separator: "\n")
            .write(toFile: shares, atomically: true, encoding: .utf8)
        let byShare = try json(["evaluate", study, "--assignments", shares])
        func gains(_ document: [String: Any]) throws -> [Double] {
            try #require(document["outcomes"] as? [[String: Any]]).map { outcome in
                try #require((outcome["difference"] as? [String: Any])?["value"] as? Double)
            }
        }
        #expect(try gains(byArm) == gains(byShare))
    }

    @Test func confirmStaysClosedWhenAskedTo() throws {
        let study = try study("closed")
        let document = try json(["allocate", study, "--no-confirm", "--bootstrap", "0", "--cohorts", "joint"])
        let outcomes = try #require(document["outcomes"] as? [[String: Any]])
        #expect(outcomes.allSatisfy { $0["confirm"] is NSNull && $0["corrected"] is NSNull })
        #expect(try !SmallStudy.run(["log", study]).contains("confirm.allocation"))
    }

    @Test(
        arguments: [
            (["--limit", "disables=relative:9"], 1, "the limits cannot all be kept"),
            (["--limit", "disables=0.1"], 64, "is no limit"),
            (["--limit", "nobody=relative:0"], 64, "no outcome nobody"),
            (["--limit", "sessions=relative:0"], 64, "is the objective"),
            (["--cohorts", "garden"], 64, "no garden cohorts"), (["--cohorts", "heuristic:nobody"], 64, "nobody"),
            (["--cohorts", "heuristic:device"], 64, "categorical"),
            (["--limit", "disables=relative:0", "--limit", "disables=relative:0"], 64, "two limits"),
        ] as [([String], Int32, String)])
    func mistakesAreToldInOneSentence(arguments: [String], code: Int32, words: String) throws {
        let run = try CommandLineTests.espalier(["allocate", study("\(arguments.hashValue)")] + arguments)
        #expect(run.code == code && run.errors.contains(words), "\(arguments): \(run.code) \(run.errors)")
        #expect(run.output.isEmpty && run.errors.split(separator: "\n").count == 1)
    }

    @Test(
        arguments: [
            ("member,control,cap_low,cap_mid,cap_high\n1,.5,.5,.5,0\n", "sum to 1.5"),
            ("member,control,cap_low,cap_mid,cap_high\n1,2,0,0,-1\n", "outside 0 to 1"),
            ("member,control,cap_low,cap_mid,cap_high\n1,1,0,0,0\n1,1,0,0,0\n", "a second time"),
            ("member,control,cap_low,cap_mid,cap_high\n1,1,0,0,0\n", "have no probabilities"),
        ]) func probabilitiesThatAreNone(text: String, words: String) throws
    {
        let small = try #require(Self.small)
        let file = small.folder.appendingPathComponent("bad-\(text.hashValue).csv").path
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let run = try CommandLineTests.espalier(["evaluate", study("bad-\(text.hashValue)"), "--assignments", file])
        #expect(run.code == 65 && run.errors.contains(words), "\(run.errors)")
    }
}
