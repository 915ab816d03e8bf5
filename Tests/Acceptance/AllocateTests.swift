import Foundation
import Testing

/// `espalier allocate` and `espalier lab` as a script would use them.
@Suite struct AllocateTests {
    private func golden(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Allocation/Goldens/lp_\(name).csv").path
    }

    @Test func theTableIsSolvedToTheGolden() throws {
        let document = try CommandLineTests.json(
            CommandLineTests.espalier([
                "allocate", "--table", golden("small_40x3_k2"), "--limit", "u1=0.05", "--limit", "u2=0.05", "--method",
                "lp", "--format", "json",
            ]))
        #expect(Set(document.keys) == ["status", "objective", "prices", "constraints", "allocation"])
        #expect(document["status"] as? String == "optimal")
        // HiGHS, by SciPy's linprog.
        #expect(abs(try #require(document["objective"] as? Double) - 0.1996212203591236) < 1e-8)
        let prices = try #require(document["prices"] as? [String: Double])
        #expect(abs(try #require(prices["u1"]) - 0.7242625600982417) < 1e-8)
        let constraints = try #require(document["constraints"] as? [String: Double])
        #expect(abs(try #require(constraints["u2"]) - 0.05) < 1e-8)
        let allocation = try #require(document["allocation"] as? [[String: Any]])
        #expect(allocation.count == 120)
        #expect(Set(allocation[0].keys) == ["cohort", "treatment", "share"])
        #expect(allocation[4]["cohort"] as? Int == 1 && allocation[4]["treatment"] as? Int == 1)
        let shares = allocation.compactMap { $0["share"] as? Double }
        #expect(abs(shares.reduce(0, +) - 40) < 1e-9)
    }

    @Test func whatCannotBeKeptIsExitOne() throws {
        let arguments = ["allocate", "--table", golden("infeasible_10x3_k1"), "--limit", "u1=-5"]
        let run = try CommandLineTests.espalier(arguments + ["--format", "json"])
        #expect(run.code == 1)
        #expect(run.errors.contains("the limits cannot all be kept: u1 has to yield by"))
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(document["status"] as? String == "infeasible" && document["objective"] is NSNull)
        let table = try CommandLineTests.espalier(arguments)
        #expect(table.code == 1 && table.output.isEmpty)
    }

    @Test(
        arguments: [
            (["allocate"], 64, "--table"),
            (["allocate", "study.espalier", "--table", "x.csv"], 64, "one of the two"),
            (["allocate", "none.espalier"], 66, "no such study"),
            (["allocate", "--table", "TINY", "--add"], 64, "go with a study"),
            (["allocate", "none.espalier", "--bootstrap", "-1"], 64, "--bootstrap"),
            (["allocate", "--table", "none.csv"], 66, "none.csv"),
            (["allocate", "--table", "TINY", "--limit", "u7=1"], 64, "choose one of: u1"),
            (["allocate", "--table", "TINY", "--limit", "u1=x"], 64, "is not name=number"),
            (
                ["allocate", "--table", "TINY", "--method", "stochastic"], 65,
                "needs the variances of the effects on u0"
            ),
            (["allocate", "--table", "TINY", "--limit", "u1=1", "--method", "chance"], 65, "needs the variances"),
            (["allocate", "--table", "TINY", "--seed", "3"], 64, "go with --method stochastic"),
            (["alocate", "study.espalier"], 64, "perhaps"), (["lab", "--scenario", "3"], 64, "choose of: 1, 2, 2s"),
            (["lab", "--noise", "x"], 64, "no noise level"), (["lab", "--methods", "lp"], 64, "no method lp"),
            (["lab", "--scenario", "1,1"], 64, "stands twice"), (["lab", "--show", "4"], 64, "choose of: 1, 2, 2s"),
            (["lab", "--like", "x.espalier", "--noise", "5"], 64, "leave --scenario and --noise out"),
            (["lab", "--scenario", "nowhere.yaml"], 66, "nowhere.yaml"),
        ] as [([String], Int32, String)])
    func mistakesAreToldInOneSentence(arguments: [String], code: Int32, words: String) throws {
        let run = try CommandLineTests.espalier(arguments.map { $0 == "TINY" ? golden("tiny_3x3_k1") : $0 })
        #expect(run.code == code && run.errors.contains(words), "\(arguments): \(run.code) \(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func variancesMakeTheOtherMethodsPossible() throws {
        try CommandLineTests.inFolder { folder in
            let lines = try String(contentsOfFile: golden("small_40x3_k2"), encoding: .utf8).split(separator: "\n")
            let table = folder + "/noisy.csv"
            let rows = lines.dropFirst().map {
                "\($0)" + ($0.split(separator: ",")[1] == "0" ? ",0,0,0" : ",.01,.01,.01")
            }
            try ([lines[0] + ",var0,var1,var2"] + rows).joined(separator: "\n")
                .write(toFile: table, atomically: true, encoding: .utf8)
            let limits = ["--limit", "u1=0.05", "--limit", "u2=0.05"]
            func objective(_ method: String, _ more: [String] = []) throws -> Double {
                let document = try CommandLineTests.json(
                    CommandLineTests.espalier(
                        ["allocate", "--table", table, "--method", method, "--format", "json"] + limits + more))
                return try #require(document["objective"] as? Double)
            }
            let linear = try objective("lp")
            // The golden of sd .1 in every cell, z = 1.6448536269514722.
            #expect(abs(try objective("chance") - 0.16327655304656813) < 1e-5)
            let stochastic = try objective("stochastic", ["--seed", "3"])
            #expect(stochastic < linear && stochastic > 0.8 * linear)
            #expect(try objective("stochastic", ["--seed", "3", "--threads", "1"]) == stochastic)
            #expect(abs(try objective("member") - linear) < 1e-6)
            #expect(try objective("global") < objective("mixture") && objective("mixture") < linear)
        }
    }

    @Test func theLaboratoryPrintsTruthAndRows() throws {
        let arguments = [
            "lab", "--scenario", "2", "--noise", "5", "--units", "200", "--replicates", "2", "--seed", "4", "--format",
            "json", "--methods", "global,heuristic",
        ]
        let run = try CommandLineTests.espalier(arguments)
        let document = try CommandLineTests.json(run)
        #expect(Set(document.keys) == ["truth", "rows", "differences"])
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.count == 4)
        let keys: Set = [
            "scenario", "noise", "method", "value", "standardError", "relative", "violation", "feasibleShare",
        ]
        for row in rows { #expect(Set(row.keys) == keys) }
        // Of every other method from the best one.
        let differences = try #require(document["differences"] as? [[String: Any]])
        let best = try #require(rows.max { ($0["relative"] as? Double ?? 0) < ($1["relative"] as? Double ?? 0) })
        #expect(differences.count == 3)
        for difference in differences {
            #expect(Set(difference.keys) == ["scenario", "noise", "method", "against", "value", "standardError"])
            #expect(difference["against"] as? String == best["method"] as? String)
            #expect(try #require(difference["value"] as? Double) <= 0 && difference["standardError"] is Double)
        }
        let truth = try #require((document["truth"] as? [String: Any])?["2"] as? [String: Any])
        let means = try #require(truth["means"] as? [[Double]])
        // In closed form.
        #expect(abs(means[0][0] - 37.89814) < 1e-5 && abs(means[2][1] - 44.1488) < 1e-5)
        #expect(try CommandLineTests.espalier(arguments + ["--threads", "1"]).output == run.output)
    }

    /// What --show prints is a scenario of one's own; a mistake in it is told with its line.
    @Test func aScenarioIsAFile() throws {
        try CommandLineTests.inFolder { folder in
            let text = try CommandLineTests.espalier(["lab", "--show", "null"]).output
            let file = folder + "/own.yaml"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let arguments = [
                "lab", "--scenario", file, "--noise", "5", "--units", "60", "--replicates", "2", "--methods",
                "heuristic.lp,global",
            ]
            let rows = try #require(
                try CommandLineTests.json(CommandLineTests.espalier(arguments + ["--format", "json"]))["rows"]
                    as? [[String: Any]])
            // Nothing can be gained: the value is 0, and there is no share of an oracle's gain.
            #expect(rows.count == 2)
            #expect(rows.allSatisfy { $0["relative"] is NSNull && $0["value"] as? Double == 0 })
            let plain = try CommandLineTests.espalier(arguments + ["--ascii"])
            #expect(plain.output.contains("heuristic.lp") && plain.output.contains("there is nothing to gain"))
            #expect(plain.output.utf8.allSatisfy { $0 < 128 })
            try text.replacingOccurrences(of: "arms:", with: "arm:")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let wrong = try CommandLineTests.espalier(arguments)
            #expect(wrong.code == 65 && wrong.errors.contains("own.yaml:3: unknown key"), "\(wrong.errors)")
        }
    }
}
