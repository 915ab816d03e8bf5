import Foundation
import Testing
import VirtualTerminal

/// The built binary on files, as a script would use it.
@Suite struct CommandLineTests {
    struct Run {
        let code: Int32
        let output: String
        let errors: String
    }

    /// - Parameters:
    ///   - input: the file that is its standard input; nil leaves it the tests' own.
    ///   - environment: nil leaves it the tests' own.
    static func espalier(
        _ arguments: [String], input: String? = nil, environment: [String: String]? = nil
    ) throws -> Run {
        let process = Process()
        if let environment { process.environment = environment }
        if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = arguments
        let folder = FileManager.default.temporaryDirectory
        let out = folder.appendingPathComponent(UUID().uuidString)
        let err = folder.appendingPathComponent(UUID().uuidString)
        defer { for file in [out, err] { try? FileManager.default.removeItem(at: file) } }
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return Run(
            code: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
            errors: try String(contentsOf: err, encoding: .utf8))
    }

    static func inFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    static func json(_ run: Run) throws -> [String: Any] {
        #expect(run.code == 0, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// Figures of shared/data/README.md: Neyman differences of means of the Hillstrom experiment.
    @Test func everyoneOneArmIsThatArmsMeanOnHillstrom() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = root.appendingPathComponent("../shared/data/hillstrom.csv.gz").standardized.path
        guard FileManager.default.fileExists(atPath: data) else {
            print("skipped: ../shared/data/hillstrom.csv.gz is not here")
            return
        }
        try Self.inFolder { folder in
            let spec = """
                name: hillstrom
                data: \(data)
                unit: row
                treatment: {column: segment, control: No E-Mail, arms: [No E-Mail, Mens E-Mail, Womens E-Mail], shares: [1, 1, 1]}
                outcomes:
                  - {name: visit, direction: maximize}
                  - {name: spend, direction: maximize}
                covariates: [recency, history, mens, womens, newbie, {column: zip_code, kind: categorical}]
                """
            try spec.write(toFile: folder + "/h.yaml", atomically: true, encoding: .utf8)
            let study = folder + "/h.espalier"
            #expect(try Self.espalier(["fit", folder + "/h.yaml", "-o", study]).code == 0)
            func visit(_ arm: String) throws -> (control: Double, difference: [String: Any]) {
                let evaluation = try Self.json(
                    Self.espalier([
                        "evaluate", study, "--split", "all", "--estimator", "snips", "--bias", "\(arm)=1000",
                        "--format",
                        "json",
                    ]))
                let outcomes = try #require(evaluation["outcomes"] as? [[String: Any]])
                return (
                    try #require(outcomes[0]["control"] as? Double),
                    try #require(outcomes[0]["difference"] as? [String: Any])
                )
            }
            let mens = try visit("Mens E-Mail")
            #expect(abs(mens.control - 0.106167) < 5e-7)
            #expect(abs(try #require(mens.difference["value"] as? Double) - 0.076590) < 5e-7)
            #expect(abs(try #require(mens.difference["standardError"] as? Double) - 0.003386) < 5e-7)
            let womens = try visit("Womens E-Mail")
            #expect(abs(try #require(womens.difference["value"] as? Double) - 0.045233) < 5e-7)
        }
    }

    /// The policy file alone gives every unit the arm that the study gives it: both evaluate alike, to the last bit.
    @Test(arguments: ["1", "2"]) func assignAgreesWithTheStudy(threads: String) throws {
        try Self.inFolder { folder in
            #expect(
                try Self.espalier(["simulate", "notifications", "-o", folder, "--units", "3000", "--seed", "5"]).code
                    == 0)
            let study = folder + "/s.espalier"
            #expect(
                try Self.espalier(["fit", folder + "/experiment.yaml", "-o", study, "--threads", threads]).code == 0)
            #expect(try Self.espalier(["front", study, "--evaluations", "32"]).code == 0)
            #expect(try Self.espalier(["pick", study, "--count", "1"]).code == 0)
            let policy = folder + "/policy.json.gz"
            #expect(try Self.espalier(["export", study, "-o", policy]).code == 0)
            let assigned = try Self.espalier(["assign", policy, folder + "/units.csv.gz", "--threads", threads])
            #expect(assigned.code == 0)
            var lines = assigned.output.split(separator: "\n").map {
                $0.split(separator: ",").prefix(2).joined(separator: ",")
            }
            lines[0] = "member,arm"
            let file = folder + "/assigned.csv"
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            for split in ["tune", "confirm", "all"] {
                let shared = ["evaluate", study, "--split", split, "--format", "json"]
                let byFile = try Self.json(Self.espalier(shared + ["--assignments", file]))
                let byPolicy = try Self.json(Self.espalier(shared + ["--policy", policy]))
                #expect(byFile["shares"] as? [String: Double] == byPolicy["shares"] as? [String: Double])
                let values = [byFile, byPolicy].map {
                    ($0["outcomes"] as? [[String: Any]])?.map { $0["value"] as? Double }
                }
                #expect(values[0] == values[1])
            }
        }
    }

    @Test(
        arguments: [
            (["evaluate", "/nonexistent.espalier"], 66), (["frobnicate"], 66), (["evaluate"], 64),
            (["simulate", "nothing", "-o", "/tmp"], 64), (["schema", "policy"], 0), (["--version"], 0),
            (["fit", "/nonexistent.yaml"], 66), (["simulate", "notifications", "-o", "/proc/nowhere"], 73),
        ] as [([String], Int32)])
    func exitCodesAndOneSentence(arguments: [String], code: Int32) throws {
        let run = try Self.espalier(arguments)
        #expect(run.code == code)
        if code > 64 { #expect(run.errors.hasPrefix("espalier: ") && run.errors.split(separator: "\n").count == 1) }
    }

    /// A data file without a spec is set up first; writing the spec opens the workbench on it.
    @Test func dataFilesAreSetUpAndOpened() throws {
        try Self.inFolder { folder in
            var text = "id,group,x,visits\n"
            for row in 0..<2_000 { text += "\(row),\(row % 2 == 0 ? "control" : "new"),\(row % 7),\(row % 5)\n" }
            let data = folder + "/trial.csv"
            try text.write(toFile: data, atomically: true, encoding: .utf8)
            let setup = try Self.espalier([data, "--frame", "80x24"])
            #expect(setup.output.contains("set up trial.csv"), "\(setup.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/trial.yaml"))
            let left = try Self.espalier([data, "--keys", "q", "--frame", "80x24"])
            #expect(left.code == 0 && !FileManager.default.fileExists(atPath: folder + "/trial.yaml"))
            let opened = try Self.espalier([data, "--keys", "w<Enter>", "--frame", "80x24"])
            #expect(opened.output.contains("2,000 units"), "\(opened.errors)")
            #expect(try String(contentsOfFile: folder + "/trial.yaml", encoding: .utf8).contains("data: trial.csv"))
            // From now on the spec is opened.
            #expect(try Self.espalier([data, "--frame", "80x24"]).output.contains("2,000 units"))
        }
    }

    /// An experiment whose label tells the arm: `check`, `fit` and `subgroups` refuse it until the spec accepts it, and then
    /// every output says so.
    @Test func acceptedFindingsAreInEveryOutput() throws {
        try Self.inFolder { folder in
            let rows = (0..<600).map {
                "\($0),\($0 % 2 == 0 ? "c" : "t"),\($0 * 7 % 11),\($0 * 5 % 13),\($0 % 2 * 3 + $0 % 5)"
            }
            try (["id,arm,y,x,late"] + rows).joined(separator: "\n").write(
                toFile: folder + "/data.csv", atomically: true, encoding: .utf8)
            let spec = """
                name: late
                data: data.csv
                unit: id
                treatment: {column: arm, control: c, arms: [c, t], shares: [1, 1]}
                outcomes: [{name: y, direction: maximize}]
                covariates: [x, late]

                """
            let path = folder + "/late.yaml"
            try spec.write(toFile: path, atomically: true, encoding: .utf8)
            let check = try Self.espalier(["check", path])
            #expect(check.code == 1)
            let refused = try Self.espalier(["subgroups", path])
            #expect(refused.code == 1 && refused.errors.contains("accept: {afterExposure: {late: why}}"))
            let fit = try Self.espalier(["fit", path])
            #expect(fit.code == 1 && !FileManager.default.fileExists(atPath: folder + "/late.espalier"))

            try (spec + "accept: {afterExposure: {late: frozen before}}\n").write(
                toFile: path, atomically: true, encoding: .utf8)
            let sentence = "afterExposure of late accepted: frozen before"
            let checked = try Self.json(Self.espalier(["check", path, "--format", "json"]))
            #expect(checked["caveats"] as? [String] == [sentence])
            let fitted = try Self.espalier(["fit", path])
            #expect(fitted.code == 0)
            let study = folder + "/late.espalier"
            let evaluated = try Self.espalier(["evaluate", study])
            #expect(evaluated.output.contains("caveat: \(sentence)"))
            let found = try Self.json(Self.espalier(["subgroups", study, "--format", "json"]))
            #expect(found["caveats"] as? [String] == [sentence] && found["arm"] as? String == "t")
            // Whatever is found on the data rests on the same ground.
            let front = try Self.espalier(["front", study, "--evaluations", "20"])
            #expect(front.code == 0 && front.output.hasSuffix("caveat: \(sentence)\n"))
            let picked = try Self.espalier(["pick", study, "--count", "1"])
            #expect(picked.code == 0 && picked.output.hasSuffix("caveat: \(sentence)\n"))
            for command in [["front", study, "--evaluations", "20"], ["pick", study, "--count", "1"]] {
                let json = try Self.json(Self.espalier(command + ["--format", "json"]))
                #expect(json["caveats"] as? [String] == [sentence], "\(command[0])")
            }
            for wrong in [["--arm", "c"], ["--by", "x,y"]] {
                let refusal = try Self.espalier(["subgroups", study] + wrong)
                #expect(refusal.code == 64)
            }
        }
    }
}
