import Foundation
import Testing

/// Garbage in: one sentence that says what is wrong, where, and what to do; the code of sysexits; nothing lost, nothing written.
@Suite struct BadInputTests {
    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    /// Checks the code and the words, that the complaint is one line, and that nothing went to standard output.
    private func expect(_ arguments: [String], code: Int32, says words: String) throws {
        let run = try run(arguments)
        #expect(run.code == code, "\(arguments): \(run.errors)")
        #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(arguments): \(run.errors)")
        #expect(run.output.isEmpty, "\(arguments)")
    }

    @Test func filesThatAreNotWhatTheyShouldBe() throws {
        try CommandLineTests.inFolder { folder in
            func file(_ name: String, _ data: Data) throws -> String {
                try data.write(to: URL(fileURLWithPath: folder + "/" + name))
                return folder + "/" + name
            }
            let binary = try file("binary.csv", Data([65, 44, 66, 10, 0, 1, 2, 3, 0, 10]))
            let empty = try file("empty.csv", Data())
            let text = try file("words.yaml", Data("name: [1, 2\n".utf8))
            let table = try file("table.csv", Data("a,b\n1,2\n".utf8))
            try expect([binary, "--frame", "80x24"], code: 65, says: "binary.csv:2: there is a NUL byte")
            try expect([empty, "--frame", "80x24"], code: 65, says: "the file is empty")
            try expect(["check", empty], code: 65, says: "the spec is empty")
            try expect(["check", text], code: 65, says: "words.yaml")
            try expect(["front", table], code: 65, says: "not a study")
            try expect(["front", folder + "/none.espalier"], code: 66, says: "there is no such study")
            try expect(["assign", table, table], code: 65, says: "the policy is not JSON")
            try expect(["init", folder + "/none.csv"], code: 66, says: "No such file")
        }
    }

    @Test func aSpecThatPeopleMayHaveEditedIsNotOverwritten() throws {
        try CommandLineTests.inFolder { folder in
            let rows = (0..<200).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 7),\($0 % 5)" }
            let data = folder + "/trial.csv"
            try (["id,arm,clicks,age"] + rows).joined(separator: "\n")
                .write(toFile: data, atomically: true, encoding: .utf8)
            let spec = folder + "/trial.yaml"
            #expect(try run(["init", data, "-o", spec]).code == 0)
            try "mine".write(toFile: spec, atomically: true, encoding: .utf8)
            try expect(["init", data, "-o", spec], code: 73, says: "choose another name")
            #expect(try String(contentsOfFile: spec, encoding: .utf8) == "mine")
        }
    }

    @Test func namesAndNumbersThatAStudyDoesNotKnow() throws {
        let small = try SmallStudy()
        let study = small.fitted
        try expect(["evaluate", study, "--weight", "nope=1"], code: 64, says: "choose one of: sessions, ctr, disables")
        try expect(["evaluate", study, "--weight", "ctr=nan"], code: 64, says: "--weight ctr=nan is not name=number")
        try expect(["evaluate", study, "--bias", "nope=1"], code: 64, says: "choose one of")
        try expect(["subgroups", study, "--arm", "nope"], code: 64, says: "there is no arm nope")
        try expect(["pick", study, "--count", "0"], code: 64, says: "--count 1 to 100")
        for command in ["sensitivity", "shrinkage", "explain", "export"] {
            try expect([command, study, "--candidate", "Z"], code: 64, says: "there is no candidate Z")
        }
        try expect([study, "--keys", "<Foo>", "--frame", "80x24"], code: 64, says: "there is no key <Foo>")
        try expect(
            [study, "--replay", small.folder.path + "/experiment.yaml", "--frame", "80x24"], code: 65, says: "log")
        try expect(["log", study, "-o", "/dev/full"], code: 73, says: "No space left")
        try expect(["report", study, "-o", small.folder.path + "/none/r.html"], code: 73, says: "cannot be written")
    }

    @Test func aStudyCutShortIsSaidToBeDamaged() throws {
        let small = try SmallStudy()
        let whole = try Data(contentsOf: URL(fileURLWithPath: small.fitted))
        let path = small.folder.path + "/cut.espalier"
        for size in [100, 3_000, whole.count / 2] {
            try whole.prefix(size).write(to: URL(fileURLWithPath: path))
            let run = try run(["front", path])
            #expect(run.code == 65, "\(size): \(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1, "\(size): \(run.errors)")
        }
    }
}
