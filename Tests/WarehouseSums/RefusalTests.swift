import Effects
import Experiments
import Foundation
import Runtime
import Synchronization
import Testing
import WarehouseFixtures
import WarehouseSums
import Warehouses

/// What is wrong with units in a warehouse is one sentence, found by counting all rows and not only those of the sample.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct RefusalTests {
    private let fixture: WarehouseFixture

    init() throws { fixture = try WarehouseFixture(units: 3_000) }

    private func refusal(
        _ query: String? = nil, _ yaml: String = WarehouseFixture.yaml, context: RunContext = RunContext()
    ) throws -> String {
        if let query {
            try fixture.write("SELECT \(query) FROM '\(fixture.folder)/units.parquet'", as: "changed.parquet")
        }
        do {
            _ = try WarehouseExperiment.read(
                spec: fixture.spec(query == nil ? yaml : yaml.replacing("units.parquet", with: "changed.parquet")),
                folder: fixture.folder, context: context)
        } catch let error as EspalierError {
            return "\(error)"
        }
        return "nothing was refused"
    }

    @Test(arguments: [
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN NULL ELSE arm END AS arm)",
            "the treatment column \"arm\" is missing in 1 row"
        ),
        ("* REPLACE (CASE WHEN id = 'u7' THEN NULL ELSE id END AS id)", "the unit's id is missing in 1 row"),
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN 'A' ELSE arm END AS arm)",
            "the arm \"A\" of 1 row is not among the declared arms"
        ),
        ("* REPLACE (CASE WHEN arm = 'b' THEN 'a' ELSE arm END AS arm)", "no unit has the declared arm \"b\""),
        ("* REPLACE (CASE WHEN arm = 'control' THEN 'a' ELSE arm END AS arm)", "no unit has the control \"control\""),
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN NULL ELSE revenue END AS revenue)",
            "the outcome \"revenue\" is missing in 1 row"
        ),
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN 'inf' ELSE calls END::DOUBLE AS calls)",
            "the outcome \"calls\" is infinite in 1 row"
        ),
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN 'inf' ELSE x0 END::DOUBLE AS x0)",
            "the covariate \"x0\" is infinite in 1 row"
        ),
        (
            "* REPLACE (revenue::VARCHAR AS revenue)",
            "the outcome column \"revenue\" holds values of the type VARCHAR, and numbers are needed"
        ),
        (
            "* REPLACE (random() AS id)",
            "the unit column \"id\" holds values of the type DOUBLE, and ids are integers or texts"
        ),
        (
            "* REPLACE (0 * revenue AS revenue)",
            "the outcome \"rate\" has no ratio: \"revenue\" sums to 0 over the control units of the tune split"
        ),
        (
            "* REPLACE (CASE WHEN id = 'u7' THEN 'inf' ELSE revenue END::DOUBLE AS revenue)",
            "the outcome \"revenue\" is infinite in 1 row"
        ),
        ("* EXCLUDE (x1)", "there is no covariate column \"x1\""),
    ])
    func dataThatCannotBe(query: String, sentence: String) throws {
        let yaml =
            sentence.contains("ratio")
            ? WarehouseFixture.yaml.replacing("{name: revenue,", with: "{name: rate, ratio: {calls: revenue},")
            : WarehouseFixture.yaml
        let found = try refusal(query, yaml)
        #expect(found.contains(sentence), "\(found)")
        #expect(!found.contains("\n") && !found.contains("espalier-engine-"))
    }

    @Test(arguments: [
        (
            "splits: {rule: md5, seed: 11}", "splits: {seed: 11}",
            "units are split by MD5 where the units stay in DuckDB"
        ),
        ("unit: id", "unit: row", "rows have no order in a warehouse"),
        ("unit: id", "unit: id\ncluster: city", "clusters are not summed yet"),
        (
            "{name: revenue, direction: maximize}", "{name: revenue, direction: maximize, ratio: {click: nothing}}",
            "there is no outcome column \"nothing\""
        ),
        (
            "{name: revenue, direction: maximize}", "{name: revenue, direction: maximize, preperiod: city}",
            "the value before exposure column \"city\" holds values of the type VARCHAR"
        ),
        ("shares: [2, 1, 1]", "propensities: [x0, x1, x2]", "propensities that differ from unit to unit"),
        ("units.parquet", "units/*.parquet", "no file matches this pattern"),
    ])
    func specsThatCannotBe(part: String, other: String, sentence: String) throws {
        let found = try refusal(nil, WarehouseFixture.yaml.replacing(part, with: other))
        #expect(found.contains(sentence), "\(found)")
    }

    /// Rows without an outcome, or of other arms, are left out and counted over all rows.
    @Test func whatIsLeftOutIsCounted() throws {
        try fixture.write(
            """
            SELECT * REPLACE (CASE WHEN id IN ('u7', 'u8') THEN NULL ELSE revenue END AS revenue,
            CASE WHEN id = 'u9' THEN 'other' ELSE arm END AS arm) FROM '\(fixture.folder)/units.parquet'
            """, as: "fewer.parquet")
        let yaml = WarehouseFixture.yaml.replacing("units.parquet", with: "fewer.parquet")
            .replacing(
                "{name: revenue, direction: maximize}", with: "{name: revenue, direction: maximize, missing: drop}"
            )
            .replacing("shares: [2, 1, 1]", with: "shares: [2, 1, 1], others: drop")
        let warehouse = try WarehouseExperiment.read(spec: fixture.spec(yaml), folder: fixture.folder)
        let memory = try Experiment.read(spec: fixture.spec(yaml, inMemory: true), folder: fixture.folder).experiment
        let sample = warehouse.sample.experiment
        #expect(warehouse.unitCount == memory.unitCount && warehouse.unitCount < 3_000)
        #expect(sample.droppedCount == memory.droppedCount && memory.droppedCount > 0)
        #expect(sample.otherArms == memory.otherArms && sample.otherArms.count == 1)
        #expect(warehouse.outline == memory.outline)
    }

    /// Cancelled at whatever question, it is over within a second.
    @Test(arguments: ["counting units", "reading the sample", "binning covariates", "checking balance"])
    func cancellingEndsIt(phase: String) throws {
        let cancellation = Cancellation()
        let clock = ContinuousClock()
        let moment = Mutex<ContinuousClock.Instant?>(nil)
        let context = RunContext(workers: Workers(count: 1), cancellation: cancellation) { progress in
            guard progress.phase == phase else { return }
            moment.withLock { $0 = clock.now }
            cancellation.cancel()
        }
        #expect(throws: CancellationError.self) { try refusal(context: context) }
        let start = try #require(moment.withLock { $0 })
        #expect(clock.now - start < .seconds(1.5))
    }
}
