import Foundation
import Testing

/// Every command that changes a study leaves an entry in its log; those that only read it leave none.
@Suite struct CommandEntryTests {
    /// What a command is given beside the study, and the kinds of the entries it leaves; nil for commands that open no study or only copy it.
    private static let commands: [String: (arguments: [String], kinds: [String])?] = [
        "front": (["--evaluations", "40"], ["front.search"]),
        "pick": (["--count", "2"], ["picks.hypervolume"]), "candidates": ([], []),
        "add": (["--weight", "ctr=3"], ["candidate.add"]), "limits": ([], ["limits.hold", "candidate.add"]),
        "note": (["for the test", "--candidate", "1"], ["candidate.note"]),
        "compare": (["--from", "1", "--to", "2"], []),
        "evaluate": (["--split", "confirm"], ["confirm.look"]),
        "profile": (["--along", "weight:ctr", "--split", "all"], ["confirm.look"]),
        "explain": (["--candidate", "1", "--split", "confirm", "--depth", "1"], ["confirm.explain"]),
        "export": (["--candidate", "1"], ["export.policy"]),
        "allocate": (
            ["--cohorts", "joint", "--bootstrap", "0", "--limit", "disables=relative:-0.5", "--add"],
            ["confirm.allocation", "candidate.allocate"]
        ),
        "tune": (["--trials", "1"], ["learners.hyperparameters"]),
        "models": (["--learners", "t"], ["learners.validate"]),
        "tree": (["--arm", "cap_low", "--outcome", "ctr"], []),
        "cohorts": ([], []), "effects": ([], []), "subgroups": ([], []), "sensitivity": (["--candidate", "1"], []),
        "shrinkage": (["--candidate", "1"], []), "card": (["--candidate", "1"], []),
        "report": ([], []), "log": ([], []),
        "init": nil, "check": nil, "advise": nil, "scan": nil, "fit": nil, "assign": nil, "schema": nil,
        "lab": (
            ["--like", Self.study, "--keep", "--methods", "global,heuristic", "--replicates", "2", "--units", "60"],
            ["lab.compare"]
        ),
        "simulate": nil, "copy": nil, "drift": nil, "pool": nil, "online": nil, "rank": nil,
        "hypervolume": nil, "nearest": nil, "design": nil, "engines": nil, "surrogates": nil,
    ]

    /// Where the study stands in the arguments, if it is not the first of them.
    private static let study = "STUDY"

    @Test func everyChangeLeavesAnEntry() throws {
        let sample = try SmallStudy()
        let study = try sample.copy("entries")
        func kinds() throws -> [String] {
            try SmallStudy.run(["log", study]).split(separator: "\n").dropFirst().map { line in
                let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                return try #require(fields?["kind"] as? String)
            }
        }
        #expect(try kinds() == ["fit"])
        // A new command has to say here what it leaves.
        let help = try SmallStudy.run(["--help"])
        let listed = try #require(help.range(of: "SUBCOMMANDS:")).upperBound
        let names = help[listed...].split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" && $0 != "help" }
        #expect(Set(names) == Set(Self.commands.keys))
        // The front first: what follows needs its candidates.
        let order = ["front"] + Self.commands.keys.filter { $0 != "front" }.sorted()
        for name in order {
            guard let command = Self.commands[name] ?? nil else { continue }
            let before = try kinds()
            let given = command.arguments.map { $0 == Self.study ? study : $0 }
            _ = try SmallStudy.run([name] + (given == command.arguments ? [study] : []) + given)
            #expect(try kinds() == before + command.kinds, "\(name)")
        }
    }
}
