import Foundation
import Runtime
import Testing
import Warehouses

@Suite struct EngineSearchTests {
    private let engine: FakeEngine
    private let root: String

    init() throws {
        engine = try FakeEngine("echo v9.8.7 by nobody")
        root = engine.folder
    }

    private func search(_ environment: [String: String]) -> EngineSearch {
        EngineSearch(environment: environment.merging(["HOME": root + "/home"]) { own, _ in own })
    }

    @Test func nothingIsFoundInAnEmptyPlace() throws {
        #expect(try search([:]).find(.duckdb) == nil)
        #expect {
            try search([:]).require(.duckdb, for: "units.parquet")
        } throws: { error in
            let text = "\(error)"
            return text.hasPrefix(
                "units.parquet: Parquet files and DuckDB databases are read by DuckDB, which was not found")
                && text.contains("python3 -m venv \(root)/home/.local/share/espalier/engines && ")
                && text.contains("/bin/pip install duckdb-cli")
        }
    }

    /// The variable before the settings, these before PATH, PATH before the folder of our data.
    @Test func placesComeInTurn() throws {
        let wheel = "/lib/python3.11/site-packages/duckdb_cli/duckdb"
        let data = root + "/data/espalier/engines" + wheel
        var environment = ["XDG_DATA_HOME": root + "/data"]
        try FakeEngine.install("exit 0", at: data)
        #expect(try search(environment).find(.duckdb)?.path == data)

        environment["PATH"] = "relative:\(root)/path"
        try FakeEngine.install("exit 0", at: root + "/path/duckdb")
        #expect(try search(environment).find(.duckdb)?.path == root + "/path/duckdb")

        environment["XDG_CONFIG_HOME"] = root + "/config"
        try FakeEngine.install("exit 0", at: root + "/opt/duckdb")
        try FileManager.default.createDirectory(
            atPath: root + "/config/espalier", withIntermediateDirectories: true)
        let settings = "theme: espalier-dark\nengines: {duckdb: \(root)/opt/duckdb}\n"
        try AtomicFile.write(Data(settings.utf8), to: root + "/config/espalier/config.yaml")
        #expect(try search(environment).find(.duckdb)?.path == root + "/opt/duckdb")

        environment["ESPALIER_DUCKDB"] = engine.found.path
        #expect(try search(environment).find(.duckdb) == engine.found)
    }

    /// The script that pip puts on PATH starts the command as a child of its own; the command itself is taken.
    @Test func anEnvironmentOfPythonGivesItsCommand() throws {
        let inside = root + "/venv/lib/python3.12/site-packages/duckdb_cli/duckdb"
        try FakeEngine.install("exit 0", at: root + "/venv/bin/duckdb")
        try FakeEngine.install("exit 0", at: inside)
        #expect(try search(["PATH": root + "/venv/bin"]).find(.duckdb)?.path == inside)
    }

    @Test func aNamedCommandThatIsNoneIsAnError() throws {
        #expect {
            try search(["ESPALIER_DUCKDB": root + "/nowhere"]).find(.duckdb)
        } throws: { error in
            "\(error)"
                == "\(root)/nowhere: this is named by the variable ESPALIER_DUCKDB and is no command that can be run; "
                + "correct the path, or remove it."
        }
    }

    @Test(arguments: [
        ("engines: {duckbd: /x}", "the engine \"duckbd\" is unknown; perhaps \"duckdb\" is meant"),
        ("engines: {duckdb: duckdb}", "the command of duckdb needs a path"),
        ("engines: here", "engines lists no commands"),
    ])
    func settingsThatNameNoCommand(yaml: String, sentence: String) throws {
        let file = root + "/home/.config/espalier/config.yaml"
        try FileManager.default.createDirectory(
            atPath: AtomicFile.folder(of: file), withIntermediateDirectories: true)
        try AtomicFile.write(Data(yaml.utf8), to: file)
        #expect {
            try search([:]).find(.duckdb)
        } throws: { "\($0)".hasPrefix("\(file):1: \(sentence)") }
    }

    @Test func theListingHasVersionAndPath() throws {
        let found = try EngineListing.all(by: search(["ESPALIER_DUCKDB": engine.found.path]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let other = ["postgresql", "spark"].map { #"{"engine":"\#($0)","found":false,"path":null,"version":null}"# }
            .joined(separator: ",")
        #expect(
            String(decoding: try encoder.encode(found), as: UTF8.self)
                == #"[{"engine":"duckdb","found":true,"path":"\#(engine.found.path)","version":"9.8.7"},\#(other)]"#)
        let missing = try EngineListing.all(by: search([:]))
        #expect(
            String(decoding: try encoder.encode(missing), as: UTF8.self)
                == #"[{"engine":"duckdb","found":false,"path":null,"version":null},\#(other)]"#)
    }
}
