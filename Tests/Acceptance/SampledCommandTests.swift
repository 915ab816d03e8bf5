import Foundation
import Runtime
import Testing
import VirtualTerminal
import WarehouseFixtures
import Warehouses

/// Learners on a sample of an engine's units, whose policies the engine evaluates on all of them: by commands, in every engine that
/// is here.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct SampledCommandTests {
    private struct Evaluation: Decodable {
        struct Outcome: Decodable {
            let name: String
            let value: Double
            let standardError: Double
        }
        let engine: String
        let basis: String
        let units: Int
        let weights: [String: Double]
        let shares: [String: Double]
        let outcomes: [Outcome]
        let caveats: [String]
    }

    private func run(_ arguments: [String], code: Int32 = 0) throws -> CommandLineTests.Run {
        let run = try CommandLineTests.espalier(arguments)
        #expect(run.code == code, "\(arguments): \(run.errors)")
        return run
    }

    private func evaluation(_ arguments: [String]) throws -> Evaluation {
        let json = try run(["evaluate"] + arguments + ["--weight", "click=3", "--format", "json"]).output
        return try JSONDecoder().decode(Evaluation.self, from: Data(json.utf8))
    }

    private static func yaml(_ data: String) -> String {
        WarehouseFixture.yaml.replacing("{file: units.parquet, engine: duckdb}", with: data)
            + "\neffects: {learner: t, outcomeModels: {rounds: 15, depth: 3}}\n"
    }

    /// The same policy of the same sample, whichever engine has the units.
    @Test func everyEngineSaysTheSameOfAllUnits() throws {
        let fixture = try WarehouseFixture(units: 20_000)
        let here = try fixture.writeSpec(Self.yaml("{file: units.parquet, engine: duckdb, sample: 8000}"))
        let study = fixture.folder + "/study.espalier"
        _ = try run(["fit", here, "-o", study])
        let sample = try evaluation([study])
        let all = try evaluation([study, "--all-units"])
        #expect(sample.engine == "memory" && sample.basis == "sample" && sample.caveats.count == 1)
        #expect(all.engine == "duckdb" && all.basis == "all" && all.caveats.isEmpty && all.weights["click"] == 3)
        #expect(all.units > 2 * sample.units)
        for (one, other) in zip(sample.outcomes, all.outcomes) {
            // Two estimates of one thing, of which the second rests on more.
            #expect(abs(one.value - other.value) < 5 * one.standardError && other.standardError < one.standardError)
        }
        #expect(try run(["check", here]).output.contains("of 20,000 rows in DuckDB"))
        let refused = try run(["evaluate", study, "--all-units", "--assignments", "a.csv"], code: 64)
        #expect(refused.errors.contains("--all-units asks an engine"))
        for (engine, data) in try others(fixture) {
            let spec = try fixture.writeSpec(Self.yaml(data), as: "\(engine).yaml")
            let own = fixture.folder + "/\(engine).espalier"
            _ = try run(["fit", spec, "-o", own])
            let found = try evaluation([own, "--all-units"])
            #expect(found.engine == engine && found.units == all.units && found.shares == all.shares, "\(engine)")
            for (one, other) in zip(found.outcomes, all.outcomes) {
                #expect(abs(one.value - other.value) < 1e-9, "\(engine) \(one.name)")
                #expect(abs(one.standardError - other.standardError) < 1e-9, "\(engine) \(one.name)")
            }
        }
    }

    /// Kept as long as the test runs.
    private let servers = Servers()

    private final class Servers {
        var postgresql: PostgreSQLServer?
        var spark: SparkServer?
    }

    /// The fixture's units in servers, as `data` of a spec.
    private func others(_ fixture: WarehouseFixture) throws -> [(engine: String, data: String)] {
        var found: [(String, String)] = []
        if PostgreSQLServer.isInstalled {
            let server = try PostgreSQLServer()
            servers.postgresql = server
            let path = fixture.folder + "/units.csv"
            _ = try DuckDBCommand(EngineSearch().require(.duckdb), threads: 1).run(
                "COPY (SELECT * FROM read_parquet('\(fixture.folder)/units.parquet')) TO '\(path)' (FORMAT csv, HEADER true)"
            ).rest(cancellation: Cancellation())
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            try server.psql(
                """
                CREATE TABLE units (id text, arm text, x0 float8, x1 float8, x2 float8, city text, revenue float8, click int,
                calls float8); COPY units FROM '\(path)' CSV HEADER
                """)
            found.append(
                ("postgresql", "{engine: postgresql, uri: \"\(server.uri)\", table: units, sample: 8000}"))
        } else {
            print("skipped: \(PostgreSQLServer.missing)")
        }
        if SparkServer.isInstalled {
            let server = try SparkServer()
            servers.spark = server
            let query = "\"SELECT * FROM parquet.`\(fixture.folder)/units.parquet`\""
            found.append(("spark", "{engine: spark, uri: \"\(server.uri)\", query: \(query), sample: 8000}"))
        }
        return found
    }
}
