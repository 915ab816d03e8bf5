import Effects
import Experiments
import Foundation
import Runtime
import Testing
import WarehouseFixtures
import WarehouseSums
import Warehouses

/// The same units in PostgreSQL: read into memory, and left there.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "\(PostgreSQLServer.missing)"))
struct PostgreSQLTests {
    private let context = RunContext(workers: Workers(count: 2))
    private let server: PostgreSQLServer
    private let fixture: WarehouseFixture

    init() throws {
        server = try PostgreSQLServer()
        fixture = try WarehouseFixture(units: 60_000, further: WarehouseFixture.ratioColumns)
        try server.psql("CREATE SCHEMA shop")
        try server.load(fixture, as: "shop.units")
    }

    private func spec(_ data: String, _ yaml: String = WarehouseFixture.yaml) throws -> ExperimentSpec {
        try fixture.spec(
            yaml.replacing("{file: units.parquet, engine: duckdb}", with: data))
    }

    private var kept: String { "{engine: postgresql, uri: \"\(server.uri)\", table: shop.units}" }

    @Test(arguments: [WarehouseFixture.yaml, WarehouseFixture.ratioYAML])
    func treesAreThoseFromMemory(yaml: String) throws {
        let memory = try Experiment.read(
            spec: fixture.spec(yaml, inMemory: true), folder: fixture.folder, context: context
        ).experiment
        let fetched = try Experiment.read(
            spec: spec("{uri: \"\(server.uri)\", query: SELECT * FROM shop.units}", yaml),
            folder: fixture.folder, context: context
        ).experiment
        #expect(fetched.units.keys == memory.units.keys && fetched.assignment == memory.assignment)
        #expect(fetched.outcomes.map(\.observed) == memory.outcomes.map(\.observed))
        #expect(zip(fetched.covariates, memory.covariates).allSatisfy { $0.encoding == $1.encoding })
        let warehouse = try WarehouseExperiment.read(
            spec: spec(kept, yaml), folder: fixture.folder, context: context)
        let binned = try BinnedCovariates(memory, context: context)
        #expect(warehouse.outline.isClose(to: memory.outline, isMade: yaml != WarehouseFixture.yaml))
        #expect(warehouse.sums.codes == binned.codes)
        let settings = TreeSettings(memory.spec)
        let here = try CausalTrees.grow(memory, binned: binned, settings: settings, context: context)
        let there = try CausalTrees.grow(warehouse.sums, warehouse.outline, settings: settings, context: context)
        #expect(here.map(\.leafPaths) == there.map(\.leafPaths) && here.contains { $0.leaves.count > 1 })
        for (a, b) in zip(here.flatMap(\.nodes), there.flatMap(\.nodes)) {
            #expect(a.units == b.units && a.estimatingUnits == b.estimatingUnits)
            #expect(abs(a.estimate.effect - b.estimate.effect) < 1e-9)
        }
    }

    /// What goes wrong is one sentence, and nothing stays in the server.
    @Test func faultsAreOneSentence() throws {
        func fails(_ sentence: String, _ body: () throws -> Void) {
            #expect {
                try body()
            } throws: { "\($0)".contains(sentence) && !"\($0)".contains("\n") }
        }
        fails("relation \"shop.unit\" does not exist") {
            _ = try EngineTable("\(server.uri)#shop.unit")
        }
        fails("cannot be reached") {
            _ = try EngineTable(server.uri.replacing("/postgres?", with: "/nowhere?") + "#units")
        }
        fails("syntax error") { _ = try EngineTable("\(server.uri)#(SELECT 1 AS x; DROP TABLE shop.units)") }
        fails("the outcome column \"city\" holds values of the type VARCHAR") {
            let yaml = WarehouseFixture.yaml.replacing("{file: units.parquet, engine: duckdb}", with: kept)
                .replacing("{name: calls,", with: "{name: calls, column: city,").replacing(", city]", with: "]")
            _ = try WarehouseExperiment.read(spec: fixture.spec(yaml), folder: fixture.folder, context: context)
        }
        let table = try #require(try EngineTable("\(server.uri)#shop.units"))
        let cancellation = Cancellation()
        Thread.detachNewThread {
            usleep(300_000)
            cancellation.cancel()
        }
        let clock = ContinuousClock()
        let start = clock.now
        #expect(throws: CancellationError.self) {
            _ = try table.connection.ask("SELECT 1 FROM pg_sleep(20)", [.integer], cancellation: cancellation)
        }
        #expect(clock.now - start < .seconds(3))
        // The session is as good as before.
        #expect(
            try table.connection.ask("SELECT count(*) FROM espalier_source", [.integer], cancellation: Cancellation())[
                0]
                == .integers([60_000]))
        let terminate =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(21)%' AND pid <> pg_backend_pid()"
        let running = server
        Thread.detachNewThread {
            usleep(500_000)
            try? running.psql(terminate)
        }
        fails("the server ended the session in the midst of a question") {
            _ = try table.connection.ask("SELECT 1 FROM pg_sleep(21)", [.integer], cancellation: Cancellation())
        }
        try server.psql("DROP TABLE shop.units")
        fails("does not exist") {
            _ = try WarehouseExperiment.read(spec: spec(kept), folder: fixture.folder, context: context)
        }
    }

    @Test(arguments: [
        ("{uri: \"postgresql://me:secret@host/shop\", table: units}", "holds a password"),
        ("{uri: \"postgresql://host/shop?password=secret\", table: units}", "holds a password"),
        ("{uri: \"postgresql://host/shop\"}", "names a server and no table"),
        ("{uri: \"mysql://host/shop\", table: units}", "no server that is known"),
        (
            "{uri: \"postgresql://host/shop\", engine: duckdb, table: units}",
            "is of PostgreSQL, and the engine is DuckDB"
        ),
    ])
    func specsThatCannotBe(data: String, sentence: String) {
        #expect {
            try spec(data)
        } throws: { "\($0)".contains(sentence) && !"\($0)".contains("secret") }
    }
}
