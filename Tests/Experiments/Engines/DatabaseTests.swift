import Experiments
import Foundation
import Runtime
import Testing

/// Tables of DuckDB databases, and what queries make of them.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) struct DatabaseTests {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = try scratch.writeDatabase(
            """
            CREATE TABLE units AS SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'c' ELSE 't' END AS t, i AS x FROM range(40) r(i);
            CREATE TABLE events AS SELECT i % 40 AS id, i AS y FROM range(400) r(i)
            """, as: "store.duckdb")
    }

    private func read(_ data: String) throws -> Experiment {
        let yaml = Scratch.plainSpec.replacing("data: data.csv", with: "data: " + data)
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: yaml, file: "spec.yaml"), folder: scratch.folder
        ).experiment
    }

    /// Joined and summed by the engine, or joined by us.
    @Test func aQueryAndAJoinAgree() throws {
        let query = """
            {file: store.duckdb, query: "SELECT u.*, e.y FROM units u
              JOIN (SELECT id, sum(y) AS y FROM events GROUP BY id) e USING (id) ORDER BY id"}
            """
        let joined = """
            [{file: store.duckdb, table: units}, {file: store.duckdb, table: main.events, grain: many, aggregate: sum}]
            """
        let (one, other) = (try read(query), try read(joined))
        #expect(one.unitCount == 40)
        #expect(one.units.keys == other.units.keys && one.outcomes[0].observed == other.outcomes[0].observed)
    }

    @Test func theOnlyTableNeedsNoName() throws {
        let only = try scratch.writeDatabase(
            "CREATE TABLE \"the units\" AS SELECT i AS id, i % 2 AS t, i AS x, i AS y FROM range(40) r(i)",
            as: "only.duckdb")
        #expect(try TableReader.header(of: only) == ["id", "t", "x", "y"])
        #expect(try TableReader.header(of: only + "/the units") == ["id", "t", "x", "y"])
        #expect {
            try TableReader.header(of: path)
        } throws: {
            "\($0)"
                == "\(path): the database has 2 tables and none is named: \"events\", \"units\"; write \(path)/events, "
                + "or table: events in a spec."
        }
    }

    @Test(arguments: [
        ("(SELECT 1 AS x) TO '/tmp/x'; SELECT (2)", "the query is not one SELECT"),
        ("(COPY units TO '/tmp/x')", "the query is not one SELECT: Only SELECT statements"),
        ("(SELECT x FROM nowhere)", "DuckDB says: Catalog Error: Table with name nowhere does not exist!"),
        ("unit", "DuckDB says: Catalog Error: Table with name unit does not exist!; Did you mean \"units\"?"),
    ])
    func whatIsNoTableIsOneSentence(relation: String, sentence: String) {
        #expect {
            try TableReader.header(of: path + "/" + relation)
        } throws: { "\($0)".hasPrefix("\(path)/\(relation): \(sentence)") }
    }

    @Test(arguments: [
        (
            "{file: store.duckdb, engine: duckdbb, table: units}",
            "data.engine must be duckdb or postgresql or spark but is \"duckdbb\""
        ),
        ("{file: store.duckdb, table: units, query: SELECT 1}", "data.query stands beside a table"),
        ("{uri: \"sc://host:15002/;token=secret\", table: units}", "holds a password"),
        ("{uri: \"sc://host:15002\"}", "names a server and no table"),
        ("{uri: \"sc://host:15002\", engine: duckdb, table: units}", "is of Spark, and the engine is DuckDB"),
    ])
    func specsThatCannotBe(data: String, sentence: String) {
        #expect {
            try read(data)
        } throws: { "\($0)".contains(sentence) }
    }

    /// A reading that would take minutes is over within a second, and leaves no scratch folder.
    @Test func aReadingCanBeCancelled() throws {
        let cancellation = Cancellation()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { cancellation.cancel() }
        var reader = TableReader(path: path + "/(SELECT md5(i::VARCHAR) AS x FROM range(1000000000) r(i) ORDER BY x)")
        try reader.want("x", .text, for: "covariate")
        let start = ContinuousClock.now
        #expect(throws: CancellationError.self) {
            try reader.read(context: RunContext(workers: Workers(count: 1), cancellation: cancellation))
        }
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    /// What happens between two readings is told as it is: a column of another type, a table that is gone.
    @Test func aTableThatChanges() throws {
        let table = path + "/units"
        var reader = TableReader(path: table)
        try reader.want("x", .number, for: "covariate")
        #expect(try reader.read().recordCount == 40)
        try FileManager.default.removeItem(atPath: path)
        _ = try scratch.writeDatabase("CREATE TABLE units AS SELECT [1] AS x", as: "store.duckdb")
        #expect {
            try reader.read()
        } throws: { "\($0)".hasPrefix("\(table): the covariate column \"x\" holds values of the type INTEGER[], ") }
        try FileManager.default.removeItem(atPath: path)
        _ = try scratch.writeDatabase("CREATE TABLE others AS SELECT 1 AS x", as: "store.duckdb")
        #expect {
            try reader.read()
        } throws: { "\($0)".hasPrefix("\(table): DuckDB says: Catalog Error: Table with name units does not exist!") }
    }

    @Test func whereWhatIsMadeOfThemGoes() {
        #expect(DataFile.home(of: path + "/units") == (scratch.folder, "units"))
        #expect(DataFile.home(of: path + "/(SELECT 1)") == (scratch.folder, "store"))
        #expect(DataFile.isThere(path + "/units") && !DataFile.isThere(scratch.folder + "/none.duckdb/units"))
    }
}
