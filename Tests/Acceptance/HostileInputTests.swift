import Foundation
import Testing
import VirtualTerminal

/// Files and surroundings that nobody means well with: a sentence and a code, never a trap.
@Suite struct HostileInputTests {
    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    private func shell(_ script: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh", try BuiltProduct.path("espalier")]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Where nobody can read the complaint, the code still tells.
    @Test func standardErrorMayBeClosedOrFull() throws {
        #expect(try shell(#""$1" check nosuch.yaml 2>&-"#) == 66)
        #expect(try shell(#""$1" check nosuch.yaml 2>/dev/full"#) == 66)
        #expect(try shell(#""$1" schema policy >/dev/full"#) == 73)
    }

    @Test func numbersBeyondAllMeasureAreRefused() throws {
        let most = "\(Int.max)"
        for arguments in [
            ["advise", "--units", "1000", "--arms", most, "--covariates", "3"],
            ["advise", "--units", "1000", "--arms", "3", "--covariates", most],
            ["tune", "none.yaml", "--trials", most], ["simulate", "notifications", "-o", "none", "--units", most],
            ["fit", "none.yaml", "--threads", most], ["front", "none.espalier", "--evaluations", most],
        ] {
            let run = try run(arguments)
            #expect(run.code == 64 && run.errors.contains("must be at most"), "\(arguments): \(run.errors)")
        }
    }

    /// Entries of a log that no hand could have made, and line ends of other systems.
    @Test func logsAreCheckedBeforeTheyAreReplayed() throws {
        let small = try SmallStudy(units: 800)
        let log = small.folder.path + "/log"
        #expect(try run(["log", small.fitted, "-o", log]).code == 0)
        let header = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")[0]
        for action in [
            #"{"rewind":{"_0":-9223372036854775808}}"#, #"{"cycleArm":{"_0":9223372036854775807}}"#,
            #"{"turn":{"steps":9223372036854775807}}"#, #"{"set":{"_0":{"weight":{"_0":99}},"_1":1}}"#,
        ] {
            let line = #"{"sequence":1,"kind":"view","entry":\#(action)}"#
            try Data("\(header)\r\n\r\n\(line)\r\n".utf8).write(to: URL(fileURLWithPath: log))
            let run = try run([small.fitted, "--replay", log, "--frame", "80x24"])
            #expect(
                run.code == 65 && run.errors.contains("log:3: entry 1 asks for"), "\(line): \(run.code) \(run.errors)")
        }
    }

    /// Whole numbers of a policy file where they would run over, and a page that would fill the memory.
    @Test func policiesThatOverflowAreRefused() throws {
        let small = try SmallStudy(units: 800)
        let policy = small.folder.path + "/policy.json"
        #expect(try run(["front", small.fitted, "--evaluations", "8"]).code == 0)
        #expect(try run(["export", small.fitted, "--candidate", "A", "-o", policy]).code == 0)
        var document = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: policy))) as? [String: Any])
        var effects = try #require(document["effects"] as? [String: Any])
        var models = try #require(effects["models"] as? [String: Any])
        models["foldCount"] = Int.max
        effects["models"] = models
        document["effects"] = effects
        try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: policy))
        let run = try run(["assign", policy, small.folder.path + "/units.csv.gz"])
        #expect(run.code == 65 && run.errors.contains("effects.models do not fit"), "\(run.code) \(run.errors)")
    }

    /// An anchor after a tab is an anchor: nine levels of tens would stand for a thousand million nodes.
    @Test func aliasesAreRefusedWhateverStandsBeforeThem() throws {
        try CommandLineTests.inFolder { folder in
            var text = "a0:\t&a0 [x, x, x, x, x, x, x, x, x, x]\n"
            for level in 1...8 {
                text +=
                    "a\(level):\t&a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                text += "]\n"
            }
            let spec = folder + "/laughs.yaml"
            try Data(text.utf8).write(to: URL(fileURLWithPath: spec))
            let run = try run(["check", spec])
            #expect(run.code == 65 && run.errors.contains("laughs.yaml:2: the alias *a0"), "\(run.errors)")
        }
    }

    @Test func armsThatReadAlikeAreRefused() throws {
        try CommandLineTests.inFolder { folder in
            let arms = ["control", "caf\u{E9}", "cafe\u{301}"]
            let rows = (0..<300).map { "\($0),\(arms[$0 % 3]),\($0 % 7),\($0 % 11)" }
            let data = folder + "/t.csv"
            try Data((["id,arm,y,x"] + rows).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: data))
            let setup = try run([data, "--keys", "p<Down><Enter>", "--frame", "80x24"])
            #expect(setup.code == 0 || setup.code == 65, "\(setup.code) \(setup.errors)")
            let spec = folder + "/t.yaml"
            let words = """
                name: t
                data: t.csv
                unit: id
                treatment: {column: arm, control: control}
                outcomes: [{name: y, direction: maximize}]
                covariates: [x]
                """
            try Data(words.utf8).write(to: URL(fileURLWithPath: spec))
            let check = try run(["check", spec])
            #expect(check.code == 65 && check.errors.contains("caf"), "\(check.code) \(check.errors)")
        }
    }

    /// A unit that hardly could have had an arm would weigh more than a million others.
    @Test func tinyPropensitiesAreRefusedAndUnreadableStrangersAreNot() throws {
        try CommandLineTests.inFolder { folder in
            func write(_ small: String) throws -> String {
                let rows = (0..<400).map { row in
                    let p = row == 7 ? small : "0.5"
                    let rest = row == 7 ? "\(1 - (Double(small) ?? 0))" : "0.5"
                    return "\(row),\(row % 2 == 0 ? "c" : "t"),\(row % 5),\(row % 11),\(rest),\(p),caf"
                }
                var bytes = Data("id,arm,y,x,pc,pt,my_id\n".utf8)
                // Latin-1 in a column that no part of the spec names.
                for row in rows { bytes += Data(row.utf8) + Data([0xE9, 0x0A]) }
                try bytes.write(to: URL(fileURLWithPath: folder + "/t.csv"))
                let words = """
                    name: t
                    data: t.csv
                    unit: row
                    treatment: {column: arm, control: c, arms: [c, t], propensities: [pc, pt]}
                    outcomes: [{name: y, direction: maximize}]
                    covariates: [x]
                    """
                try Data(words.utf8).write(to: URL(fileURLWithPath: folder + "/t.yaml"))
                return folder + "/t.yaml"
            }
            let refused = try run(["check", write("1e-39")])
            #expect(refused.code == 65 && refused.errors.contains("t.csv:9: "), "\(refused.code) \(refused.errors)")
            let read = try run(["check", write("0.5")])
            #expect(read.code <= 1 && read.errors.isEmpty, "\(read.code) \(read.errors)")
        }
    }

    /// What is written goes where a link points, keeps its mode, and a study is one whatever its name.
    @Test func placesAreKeptAsTheyWere() throws {
        let small = try SmallStudy(units: 800)
        let folder = small.folder.path
        let files = FileManager.default
        let kept = folder + "/kept.json"
        try Data("old".utf8).write(to: URL(fileURLWithPath: kept))
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: kept)
        try files.createSymbolicLink(atPath: folder + "/link.json", withDestinationPath: "kept.json")
        #expect(try run(["front", small.fitted, "--evaluations", "8"]).code == 0)
        #expect(
            try run(["export", small.fitted, "--candidate", "A", "-o", folder + "/link.json", "--force"]).code == 0)
        #expect(try files.destinationOfSymbolicLink(atPath: folder + "/link.json") == "kept.json")
        #expect(try files.attributesOfItem(atPath: kept)[.posixPermissions] as? Int == 0o600)
        #expect(try String(contentsOfFile: kept, encoding: .utf8).contains("\"effects\""))

        let other = folder + "/fitted.study"
        try files.copyItem(atPath: small.fitted, toPath: other)
        #expect(try run([other, "--frame", "80x24"]).output.contains("[1 Experiment]"))
        #expect(try run(["subgroups", other, "--by", "region"]).code == 0)

        let late = try run(["fit", folder + "/experiment.yaml", "-o", folder + "/none/x.espalier"])
        #expect(late.code == 73 && late.errors.contains("none/x.espalier: ") && !late.errors.contains("partial"))
        let stranger = try run(["fit", folder + "/experiment.yaml", "-o", kept])
        #expect(stranger.code == 65 && stranger.errors.contains("not a study"), "\(stranger.errors)")
        #expect(try String(contentsOfFile: kept, encoding: .utf8).contains("\"effects\""))
    }
}
