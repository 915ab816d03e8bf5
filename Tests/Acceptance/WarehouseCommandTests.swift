import Foundation
import Testing
import VirtualTerminal
import WarehouseFixtures
import Warehouses

/// From a spec whose units stay in DuckDB to an allocation, as a script goes it; and what is left when that ends early.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct WarehouseCommandTests {
    private struct Source: Decodable {
        let engine: String
        let basis: String
    }

    private func run(_ arguments: [String], code: Int32 = 0) throws -> CommandLineTests.Run {
        let run = try CommandLineTests.espalier(arguments)
        #expect(run.code == code, "\(run.errors)")
        return run
    }

    @Test func sumsFromFitToAllocation() throws {
        let fixture = try WarehouseFixture(units: 20_000)
        let spec = try fixture.writeSpec()
        let study = fixture.folder + "/study.espalier"
        let fit = try run(["fit", spec, "-o", study, "--print-sql"])
        #expect(fit.output.contains("20000 units, 3 arms, 6 trees"))
        #expect(fit.output.contains("DuckDB was asked") && fit.output.contains("units were read as the sample"))
        let queries = fit.errors.split(separator: "\n").filter { $0.hasSuffix(";") }
        #expect(queries.count > 10 && queries.contains { $0.hasPrefix("CREATE TABLE") })
        let commands = [
            ["tree", study, "--arm", "a", "--outcome", "revenue"], ["cohorts", study],
            ["cohorts", study, "--kind", "joint"], ["evaluate", study, "--weight", "click=2"],
            ["front", study, "--evaluations", "200"], ["allocate", study, "--bootstrap", "20"],
        ]
        for command in commands {
            let json = Data(try run(command + ["--format", "json"]).output.utf8)
            let source =
                try command[0] == "cohorts"
                ? #require(JSONDecoder().decode([Source].self, from: json).first)
                : JSONDecoder().decode(Source.self, from: json)
            #expect(source.engine == "duckdb" && source.basis == "all")
        }
        #expect(
            try run(["check", spec]).output.contains("20 thousand units")
                || run(["check", spec]).output.contains("20,000"))
        let refused = try run(["effects", study], code: 64)
        #expect(refused.errors.contains("the units of this study stay in DuckDB"))
        #expect(refused.errors.split(separator: "\n").count == 1)
    }

    /// The main job by keyboard on units that stay in DuckDB: from their spec to a policy file that gives new units their arms.
    @Test func theWorkbenchGoesFromASpecToAPolicyFile() throws {
        let fixture = try WarehouseFixture(units: 20_000)
        let spec = try fixture.writeSpec()
        func frame(_ keys: String) throws -> String {
            try run(["open", spec, "--keys", keys, "--frame", "80x24"]).output
        }
        #expect(try frame("1").contains("in DuckDB"))
        #expect(try frame("2").contains("LEAVES"))
        #expect(try frame("3").contains("of one tree"))
        #expect(try frame("4l").contains("weight"))
        #expect(try frame("7").contains("MAXIMISE"))
        #expect(try frame("6").contains("Models looks at every unit, and the units of this study stay in DuckDB"))
        #expect(try frame("9").contains("Online looks at every unit"))
        #expect(try frame("2s").contains("stay in"))
        let searched = try frame("5s")
        #expect(searched.contains("CANDIDATES") && searched.contains("on the front"))
        #expect(try frame("5K2<Enter>y").contains("2/2"))
        let policy = fixture.folder + "/policy.json"
        #expect(try frame("5e<C-u>\(policy)<Enter>y").contains("written to"))
        let again = try frame("5e<C-u>\(policy)<Enter>")
        #expect(again.contains("replaces"))
        let studies = try FileManager.default.contentsOfDirectory(atPath: fixture.folder).filter {
            $0.hasSuffix(".espalier")
        }
        let study = fixture.folder + "/" + (try #require(studies.first))
        // What it says of its cohorts' shares and what it gives to the very units agree.
        let card = try run(["evaluate", study, "--policy", policy, "--split", "all", "--format", "json"])
        struct Shares: Decodable { let shares: [String: Double] }
        let shares = try JSONDecoder().decode(Shares.self, from: Data(card.output.utf8)).shares
        let assigned = try run(["assign", policy, fixture.folder + "/units.parquet"]).output
        let given = assigned.split(separator: "\n").dropFirst()
        #expect(given.count == 20_000)
        for (arm, share) in shares {
            let count = given.count { $0.split(separator: ",")[1] == arm }
            #expect(abs(Double(count) / 20_000 - share) < 1e-9, "\(arm)")
        }
    }

    /// What ends a fit takes the scratch database with it, and the child; what a killed one leaves, the next sweeps away.
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalLeavesNothingBehind(signal: Int32) throws {
        let fixture = try WarehouseFixture(units: 400_000)
        let spec = try fixture.writeSpec()
        let scratch = fixture.folder + "/tmp"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = ["fit", spec, "-o", fixture.folder + "/study.espalier", "--quiet"]
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": scratch]) { $1 }
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Until the table of bins is being made.
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline, process.isRunning, !Self.hasDatabase(scratch) { usleep(20_000) }
        #expect(Self.hasDatabase(scratch), "the fit never came as far as the scratch database")
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 128 + signal)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/study.espalier"))
    }

    private static func hasDatabase(_ folder: String) -> Bool {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return folders.contains { FileManager.default.fileExists(atPath: folder + "/\($0)/scratch.duckdb") }
    }

    @Test func withoutTheEngineOrTheTable() throws {
        let fixture = try WarehouseFixture(units: 500)
        let spec = try fixture.writeSpec()
        let without = try CommandLineTests.espalier(
            ["fit", spec], environment: ["PATH": "/usr/bin:/bin", "HOME": fixture.folder])
        #expect(without.code == 66)
        #expect(without.errors.contains("are read by DuckDB, which was not found; install it with: python3 -m venv"))
        let database = fixture.folder + "/store.duckdb"
        _ = try DuckDBCommand(#require(InstalledEngine.duckdb)).run(
            "ATTACH '\(database)' AS made; CREATE TABLE made.other AS SELECT 1 AS x"
        ).rest(cancellation: .init())
        let yaml = WarehouseFixture.yaml.replacing(
            "{file: units.parquet, engine: duckdb}", with: "{file: store.duckdb, engine: duckdb, table: units}")
        let dropped = try run(["fit", fixture.writeSpec(yaml)], code: 65)
        #expect(dropped.errors.contains("Table with name units does not exist"))
        #expect(dropped.errors.split(separator: "\n").count == 1)
    }
}
