import Foundation
import Testing
import VirtualTerminal

/// A policy served outside: by the kit's scorer in Python, and by `assign` kept as a child that answers a line at a time.
@Suite struct ServingTests {
    private static let sample = Result { try SmallStudy() }
    private static let cleaning: Void = {
        atexit { try? FileManager.default.removeItem(at: ServingTests.sample.get().folder) }
    }()

    private static let hasPython = (try? python([], input: "/dev/null")) != nil

    /// What a Python script writes.
    private static func python(_ arguments: [String], input: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + (arguments.isEmpty ? ["-c", ""] : arguments)
        let out = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: out) }
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardInput = FileHandle(forReadingAtPath: input)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SmallStudy.Failure(arguments: arguments, status: process.terminationStatus)
        }
        return try String(contentsOf: out, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// 10,000 units, of whom every 7th lacks a number, every 11th a level, and every 13th has one that no policy has seen.
    private static func units(in folder: URL) throws -> String {
        let path = folder.appendingPathComponent("many.csv").path
        guard !FileManager.default.fileExists(atPath: path) else { return path }
        let place = folder.appendingPathComponent("many").path
        _ = try SmallStudy.run(["simulate", "notifications", "-o", place, "--units", "10000", "--seed", "9"])
        let table = try SmallStudy.unpacked(place + "/units.csv.gz")
        var lines = table.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let header = lines[0].map(String.init)
        let number = try #require(header.firstIndex(of: "past_ctr"))
        let level = try #require(header.firstIndex(of: "device"))
        for row in lines.indices.dropFirst() {
            if row % 7 == 0 { lines[row][number] = "" }
            if row % 11 == 0 { lines[row][level] = "" }
            if row % 13 == 0 { lines[row][level] = "fridge" }
        }
        let text = lines.map { $0.joined(separator: ",") + "\n" }.joined()
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    struct Kind: CustomTestStringConvertible {
        let testDescription: String
        /// What adds its candidate to a study.
        let command: [String]
        let export: [String]
    }

    private static let kinds =
        [
            Kind(testDescription: "linear", command: ["add", "--weight", "ctr=3"], export: ["--holdout", "0.1"]),
            Kind(
                testDescription: "linear that explores", command: ["add", "--bias", "cap_low=0.1"],
                export: ["--holdout", "0.1", "--explore", "epsilon:0.2", "--period", "7d"]),
            Kind(
                testDescription: "cohort",
                command: ["allocate", "--cohorts", "merged", "--no-confirm", "--bootstrap", "0", "--add"],
                export: ["--holdout", "0.2"]),
            Kind(
                testDescription: "cohort that explores",
                command: ["allocate", "--cohorts", "joint", "--no-confirm", "--bootstrap", "0", "--add"],
                export: ["--explore", "epsilon:0.1"]),
        ]
        + ["r", "price", "drm", "drm-network"].map {
            Kind(
                testDescription: "ranking by \($0)",
                command: ["rank", "--cost", "disables", "--ranker", $0, "--budget", "share:0.3", "--add"], export: [])
        }

    /// Every unit gets the arm, the holdout and the propensities that `assign` gives it.
    @Test(arguments: kinds) func theKitAgreesOnEveryUnit(kind: Kind) throws {
        guard Self.hasPython else {
            print("skipped: python3 is not installed")
            return
        }
        _ = Self.cleaning
        let small = try Self.sample.get()
        let study = try small.copy("kit-\(UUID().uuidString)")
        _ = try SmallStudy.run([kind.command[0], study] + kind.command.dropFirst())
        let kit = small.folder.appendingPathComponent("kit-\(UUID().uuidString)").path
        _ = try SmallStudy.run(["export", study, "--candidate", "1", "--kit", kit] + kind.export)
        let names = try FileManager.default.contentsOfDirectory(atPath: kit).sorted()
        #expect(names == ["README.md", "policy.json", "policy.schema.json", "score.py"])
        let units = try Self.units(in: small.folder)
        let own = try SmallStudy.run(["assign", kit + "/policy.json", units, "--at", "2026-03-01"])
            .split(separator: "\n").map(String.init)
        // The same moment in seconds since 1970.
        let others = try Self.python([kit + "/score.py", kit + "/policy.json", "1772323200"], input: units)
        #expect(own.count == 10_001 && own[0] == others[0])
        let differing = zip(own, others).filter { !Self.agree($0, $1) }
        #expect(own.count == others.count && differing.isEmpty, "\(differing.prefix(3))")
        #expect(Set(own.dropFirst().map { $0.split(separator: ",")[1] }).count > 1)
    }

    /// Lines of CSV whose texts are the same and whose numbers agree to 1e-9.
    private static func agree(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let fields = [a, b].map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        return fields[0].count == fields[1].count
            && zip(fields[0], fields[1]).allSatisfy { x, y in
                if x == y { return true }
                guard let p = Double(x), let q = Double(y) else { return false }
                return abs(p - q) < 1e-9
            }
    }

    /// A service writes one line and waits for its answer before it writes the next.
    @Test func aChildAnswersALineAtATime() throws {
        _ = Self.cleaning
        let small = try Self.sample.get()
        let study = try small.copy("live")
        _ = try SmallStudy.run(["add", study, "--weight", "ctr=3"])
        let policy = small.folder.appendingPathComponent("live.json").path
        _ = try SmallStudy.run(["export", study, "--candidate", "A", "-o", policy])
        let units = try Self.units(in: small.folder)
        let header = try #require(String(contentsOfFile: units, encoding: .utf8).split(separator: "\n").first)
            .split(separator: ",").map(String.init)
        let rows = try String(contentsOfFile: units, encoding: .utf8).split(separator: "\n").dropFirst().prefix(50)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = ["assign", policy, "-", "--format", "jsonl"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var answers: [String] = []
        for row in rows {
            var object: [String: Any] = [:]
            for (name, value) in zip(header, row.split(separator: ",", omittingEmptySubsequences: false))
            where value != "" {
                object[name] = Double(value) ?? String(value)
            }
            try input.fileHandleForWriting.write(
                contentsOf: JSONSerialization.data(withJSONObject: object) + Data("\n".utf8))
            var line = Data()
            while line.last != UInt8(ascii: "\n") {
                guard let more = try output.fileHandleForReading.read(upToCount: 1), !more.isEmpty else { break }
                line += more
            }
            let answer = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            answers.append("\(answer["unit"] ?? ""),\(answer["arm"] ?? "")")
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let batch = try SmallStudy.run(["assign", policy, units]).split(separator: "\n").dropFirst().prefix(50).map {
            $0.split(separator: ",").prefix(2).joined(separator: ",")
        }
        #expect(answers == batch)
    }
}
