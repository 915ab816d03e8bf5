import Foundation
import Testing
import VirtualTerminal

/// The command line as somebody types it who has read nothing: every mistake is answered by what would have been right, in one
/// sentence and with the code of its kind.
@Suite struct StrangerTests {
    /// Fitted once for all; its folder goes with the process.
    private static let sample = Result { try SmallStudy() }
    private static let cleaning: Void = {
        atexit { try? FileManager.default.removeItem(at: StrangerTests.sample.get().folder) }
    }()

    struct Line: CustomTestStringConvertible {
        let typed: String
        let code: Int32
        /// What the answer holds, on stdout or stderr.
        let says: String

        init(_ typed: String, _ code: Int32, _ says: String) {
            self.typed = typed
            self.code = code
            self.says = says
        }

        var testDescription: String { typed }
    }

    private static let lines = [
        // Words that are no command.
        Line("espalier evalute s.espalier", 64, "perhaps \"evaluate\" is meant"),
        Line("espalier cadidates s.espalier", 64, "perhaps \"candidates\" is meant"),
        Line("espalier score policy.json units.csv", 64, "perhaps \"assign\" is meant"),
        Line("espalier frobnicate s.espalier", 64, "`espalier --help` lists the commands"),
        Line("espalier frobnicate", 66, "there is no such file"),
        Line("espalier online paln s.espalier", 64, "perhaps \"plan\" is meant"),
        Line("espalier online frobnicate", 64, "choose one of: plan, read"),
        Line("espalier s.espalier front", 64, "write `espalier front s.espalier`"),
        Line("espalier --format json candidates s.espalier", 64, "options come after the command"),
        Line("espalier candidates s.espalier --formt json", 64, "Did you mean '--format'?"),
        Line("espalier candidates s.espalier --format xml", 64, "table, csv"),
        Line("espalier candidates", 64, "study"),
        Line("espalier candidates -q -v s.espalier", 64, "not both"),
        // Files that are not there or not what they should be.
        Line("espalier none.espalier", 66, "none.espalier: there is no such file"),
        Line("espalier candidates none.espalier", 66, "none.espalier"),
        Line("espalier candidates experiment.yaml", 65, "experiment.yaml"),
        Line("espalier check s.espalier", 65, "s.espalier"),
        Line("espalier fit none.yaml", 66, "none.yaml"),
        Line("espalier assign policy.json none.csv", 66, "none.csv"),
        Line("espalier report s.espalier -o none/r.html", 73, "none/r.html"),
        // Names the study does not know.
        Line("espalier tree s.espalier --arm cap_lwo --outcome ctr", 64, "cap_low"),
        Line("espalier tree s.espalier --arm cap_low --outcome clicks", 64, "ctr"),
        Line("espalier evaluate s.espalier --candidate Z", 64, "there is no candidate Z"),
        Line("espalier evaluate s.espalier --weight ctr", 64, "write --weight name=0.5"),
        Line("espalier evaluate s.espalier --estimator magic", 64, "dr"),
        Line("espalier evaluate s.espalier --candidate A --bias cap_low=1", 64, "not both"),
        Line("espalier explain s.espalier", 64, "say which with --candidate"),
        // What goes right, and says so.
        Line("espalier evaluate s.espalier --candidate A -o e.txt && head -1 e.txt", 0, "wrote e.txt"),
        Line("espalier evaluate s.espalier -o taken.txt", 73, "replace it with --force"),
        Line("espalier evaluate s.espalier -o taken.txt --force && grep -c sessions taken.txt", 0, "wrote taken.txt"),
        Line("espalier evaluate s.espalier -q -o quiet.txt; cat quiet.txt", 0, "effective sample"),
        Line("espalier export s.espalier --candidate A -o taken.txt", 73, "taken.txt"),
        Line("espalier copy s.espalier taken.txt", 73, "--force"),
        Line("espalier init units.csv -o taken.txt", 73, "--force"),
        Line("espalier init units.csv | head -1", 0, "# yaml-language-server: $schema="),
        Line("cat units.csv | espalier init -", 0, "treatment"),
        Line("espalier candidates s.espalier -v", 0, "done"),
        Line("espalier candidates s.espalier --format csv | head -1", 0, "id,name,origin,picked,hidden,note,split,"),
        Line("espalier candidates s.espalier --format json | head -1", 0, "["),
        Line("espalier help", 0, "espalier help spec | limits"),
        Line("espalier help limits", 0, "threshold: {relative: -0.02}"),
        Line("espalier help lmits", 64, "perhaps \"limits\" is meant"),
        Line("espalier help evaluate", 0, "USAGE: espalier evaluate"),
        Line("espalier schema spec | head -2", 0, "json-schema.org"),
        Line("espalier schema study | head -1", 0, "SQLite"),
        Line("espalier --version", 0, "0.1.0"),
        // The log is plain JSON.
        Line(
            "espalier s.espalier --keys 4ll --frame 80x24 > f && espalier log s.espalier | grep -m 1 show", 0,
            #"{"entry":{"kind":"show","value":"#),
        Line("espalier log s.espalier | grep -c _0", 1, "0"),
    ]

    private func run(_ line: String, in folder: URL) throws -> CommandLineTests.Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        let binary = URL(fileURLWithPath: try BuiltProduct.path("espalier")).deletingLastPathComponent().path
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = binary + ":" + (environment["PATH"] ?? "")
        environment["XDG_DATA_HOME"] = folder.path + "/data"
        process.environment = environment
        let (out, err) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = err
        try process.run()
        let errors = err.fileHandleForReading.readDataToEndOfFile()
        let output = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return CommandLineTests.Run(
            code: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// One after the other in one folder, as at a prompt.
    @Test func everyMistakeIsAnswered() throws {
        _ = Self.cleaning
        let small = try Self.sample.get()
        let folder = small.folder
        try #require(try run("espalier copy \(small.fitted) s.espalier", in: folder).code == 0)
        try #require(try run("espalier add s.espalier --weight ctr=1 -o added.txt", in: folder).code == 0)
        try #require(try run("espalier export s.espalier --candidate A -o policy.json", in: folder).code == 0)
        try #require(try run("gunzip -kc units.csv.gz > units.csv; echo mine > taken.txt", in: folder).code == 0)
        for line in Self.lines {
            let run = try run(line.typed, in: folder)
            #expect(run.code == line.code, "\(line.typed): \(run.errors)\(run.output.prefix(300))")
            #expect((run.errors + run.output).contains(line.says), "\(line.typed): \(run.errors)")
            if line.code > 64, line.code < 128 {
                #expect(run.errors.split(separator: "\n").count == 1, "\(line.typed): \(run.errors)")
            }
        }
        // Quiet says nothing, and a refused file was left alone.
        #expect(try run("espalier evaluate s.espalier -q -o q2.txt", in: folder).errors.isEmpty)
        #expect(
            try run("espalier export s.espalier --candidate A -o mine.json", in: folder).errors.contains("mine.json"))
    }

    /// Every result that can be CSV: columns in snake_case, each once, every row as wide as the header.
    @Test(arguments: [
        "candidates s.espalier", "evaluate s.espalier", "cohorts s.espalier", "profile s.espalier --along weight:ctr",
        "tree s.espalier --arm cap_low --outcome ctr", "sensitivity s.espalier --candidate A",
        "subgroups s.espalier", "subgroups s.espalier --where 'connections<=100'", "check experiment.yaml",
        "check experiment.yaml --show balance", "check experiment.yaml --show effects",
        "compare s.espalier --from A --to B", "pick s.espalier --candidate A", "front s.espalier --evaluations 20",
        "advise s.espalier", "rank s.espalier --cost disables", "allocate s.espalier --no-confirm --bootstrap 0",
    ])
    func csvIsForTools(command: String) throws {
        _ = Self.cleaning
        let small = try Self.sample.get()
        let study = try small.copy("csv-\(UUID().uuidString)")
        for knobs in ["ctr=1", "ctr=4"] {
            try #require(try run("espalier add \(study) --weight \(knobs)", in: small.folder).code == 0)
        }
        let typed = "espalier " + command.replacing("s.espalier", with: study) + " --format csv"
        let run = try run(typed, in: small.folder)
        try #require(run.code == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        #expect(Set(columns).count == columns.count, "\(columns)")
        for column in columns {
            #expect(column.wholeMatch(of: /[a-z0-9]+(_[a-z0-9]+)*/) != nil, "\(column)")
        }
        #expect(lines.count > 1)
        for line in lines where !line.contains("\"") {
            #expect(line.count { $0 == "," } == columns.count - 1, "\(line)")
        }
    }
}
