import Effects
import Experiments
import Foundation
import Runtime
import Testing
import WarehouseFixtures
import WarehouseSums
import Warehouses

/// The same units in Spark: read into memory, and left there.
@Suite(.enabled(if: SparkServer.isInstalled, "\(SparkServer.missing)"))
struct SparkTests {
    private let context = RunContext(workers: Workers(count: 2))
    private let server: SparkServer
    private let fixture: WarehouseFixture

    init() throws {
        server = try SparkServer()
        fixture = try WarehouseFixture(units: 60_000)
    }

    private func spec(_ data: String) throws -> ExperimentSpec {
        try fixture.spec(
            WarehouseFixture.yaml.replacing("{file: units.parquet, engine: duckdb}", with: data))
    }

    private var query: String { "\"SELECT * FROM parquet.`\(fixture.folder)/units.parquet`\"" }

    @Test func treesAreThoseFromMemory() throws {
        let memory = try Experiment.read(
            spec: fixture.spec(inMemory: true), folder: fixture.folder, context: context
        ).experiment
        let fetched = try Experiment.read(
            spec: spec("{uri: \"\(server.uri)\", query: \(query)}"), folder: fixture.folder, context: context
        ).experiment
        // Spark gives rows in an order of its own.
        #expect(Set(fetched.units.keys) == Set(memory.units.keys))
        let warehouse = try WarehouseExperiment.read(
            spec: spec("{engine: spark, uri: \"\(server.uri)\", query: \(query)}"), folder: fixture.folder,
            context: context)
        let binned = try BinnedCovariates(memory, context: context)
        #expect(warehouse.outline == memory.outline && warehouse.sums.codes == binned.codes)
        let settings = TreeSettings(memory.spec)
        let here = try CausalTrees.grow(memory, binned: binned, settings: settings, context: context)
        let there = try CausalTrees.grow(warehouse.sums, warehouse.outline, settings: settings, context: context)
        #expect(here.map(\.leafPaths) == there.map(\.leafPaths) && here.contains { $0.leaves.count > 1 })
        for (a, b) in zip(here.flatMap(\.nodes), there.flatMap(\.nodes)) {
            #expect(a.units == b.units && a.estimatingUnits == b.estimatingUnits)
            #expect(abs(a.estimate.effect - b.estimate.effect) < 1e-9)
        }
        try faultsAreOneSentence()
    }

    /// What goes wrong is one sentence. On the server of the other test, which takes half a minute to start.
    private func faultsAreOneSentence() throws {
        func fails(_ sentence: String, _ body: () throws -> Void) {
            #expect {
                try body()
            } throws: { "\($0)".contains(sentence) && !"\($0)".contains("\n") }
        }
        fails("`units` cannot be found") { _ = try EngineTable("\(server.uri)#units") }
        fails("cannot be reached") { _ = try EngineTable("sc://localhost:1#units") }
        fails("Syntax error") { _ = try EngineTable("\(server.uri)#(SELECT 1 AS x; DROP TABLE units)") }
        let table = try #require(try EngineTable("\(server.uri)#(SELECT id FROM range(60000))"))
        let cancellation = Cancellation()
        Thread.detachNewThread {
            usleep(500_000)
            cancellation.cancel()
        }
        let clock = ContinuousClock()
        let start = clock.now
        #expect(throws: CancellationError.self) {
            _ = try table.connection.ask(
                "SELECT count(*) FROM espalier_source a, (SELECT id FROM range(400)) b "
                    + "WHERE md5(CAST(a.id * 1000 + b.id AS STRING)) < '0'", [.integer], cancellation: cancellation)
        }
        #expect(clock.now - start < .seconds(3))
        // The session is as good as before; the driver only stops waiting, so that the server works on what was asked.
        #expect(
            try table.connection.ask("SELECT count(*) FROM espalier_source", [.integer], cancellation: Cancellation())[
                0] == .integers([60_000]))
    }
}
