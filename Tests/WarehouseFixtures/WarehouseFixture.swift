import Experiments
import Foundation
import Runtime
import Warehouses

/// What tests of units that stay in a warehouse need; they say so where DuckDB is missing.
package enum InstalledEngine {
    package static let missing = "DuckDB was not found; `espalier engines` says how it is installed"
    package static let duckdb = try? EngineSearch().find(.duckdb)
}

/// An experiment in a Parquet file: three arms, three outcomes, covariates with missing values and one of levels.
package final class WarehouseFixture {
    package let folder: String
    /// Whether it has `ratioColumns`.
    let hasRatios: Bool

    /// - Parameter further: columns beside the others, as `ratioColumns`.
    package init(units: Int, seed: Int = 1, further: String = "") throws {
        hasRatios = further == Self.ratioColumns
        folder = NSTemporaryDirectory() + "/espalier-warehouse-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let query = Self.query(units: units, seed: seed)
        try write(further.isEmpty ? query : "SELECT *, \(further) FROM (\(query))", as: "units.parquet")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes what a query gives as a Parquet file.
    package func write(_ query: String, as name: String) throws {
        let command = DuckDBCommand(try EngineSearch().require(.duckdb), threads: 1)
        let path = SQLText.literal(folder + "/" + name)
        _ = try command.run("COPY (\(query)) TO \(path) (FORMAT parquet)").rest(cancellation: Cancellation())
    }

    /// Visits from 1 to 5, some missing, and what was bought in them: more by arm a where x0 is above 0; and a heavy tail.
    package static let ratioColumns = """
        CASE WHEN substr(md5('v' || id), 9, 2) < '08' THEN NULL
            ELSE 1 + ('0x' || substr(md5('v' || id), 1, 4))::INT % (4 + (arm = 'b')::INT) END AS visits,
        (('0x' || substr(md5('b' || id), 1, 4))::INT % 5) / 3 + 0.5 * (arm = 'a')::INT * (x0 > 0)::INT AS buys,
        exp(1.7 * revenue) AS spend
        """

    /// The outcomes of the spec beside one that is a ratio and two whose extreme values are pulled in.
    package static let ratioYAML = yaml.replacing(
        "{name: click, direction: maximize, threshold: {relative: -0.05}}",
        with: "{name: rate, direction: maximize, ratio: {buys: visits}, missing: zero, winsorize: 0.98}"
    ).replacing("{name: revenue, direction: maximize}", with: "{name: spend, direction: maximize, winsorize: 0.99}")
        .replacing(
            "{name: calls, direction: minimize, armCost: {a: 0.1, b: 0.05}}",
            with: "{name: each, direction: minimize, ratio: {calls: visits}, missing: drop, armCost: {a: 0.1, b: 0.05}}"
        )

    /// Pseudo-random numbers by MD5, the same in every version of the engine.
    package static func query(units: Int, seed: Int) -> String {
        func uniform(_ salt: String) -> String {
            "(('0x' || substr(md5('\(seed):\(salt):' || i), 1, 8))::BIGINT::DOUBLE + 0.5) / 4294967296"
        }
        func normal(_ salt: String) -> String {
            "sqrt(-2 * ln(\(uniform(salt + "r")))) * cos(2 * pi() * \(uniform(salt + "a")))"
        }
        return """
            SELECT 'u' || i AS id, arm, x0, CASE WHEN \(uniform("m")) < 0.05 THEN NULL ELSE x1 END AS x1, x2, city,
                y0 + 0.5 * (arm = 'a')::INT * (x0 > 0)::INT + 0.2 * (arm = 'b')::INT AS revenue,
                CASE WHEN \(uniform("c")) < 0.1 + 0.1 * (arm = 'b')::INT * (city IN ('c1', 'c4'))::INT THEN 1 ELSE 0 END AS click,
                y2 - 0.3 * (arm = 'b')::INT * (x1 > 0.5)::INT AS calls
            FROM (
                SELECT i, CASE WHEN \(uniform("t")) < 0.5 THEN 'control' WHEN \(uniform("t")) < 0.75 THEN 'a' ELSE 'b' END AS arm,
                    \(normal("x0")) AS x0, \(normal("x1")) AS x1, floor(10 * \(uniform("x2"))) AS x2,
                    'c' || floor(6 * \(uniform("city")))::INT AS city, \(normal("y0")) + 3 AS y0, \(normal("y2")) AS y2
                FROM range(\(units)) r(i))
            """
    }

    package static let yaml = """
        name: warehouse
        data: {file: units.parquet, engine: duckdb}
        unit: id
        treatment: {column: arm, control: control, arms: [control, a, b], shares: [2, 1, 1]}
        outcomes:
          - {name: revenue, direction: maximize}
          - {name: click, direction: maximize, threshold: {relative: -0.05}}
          - {name: calls, direction: minimize, armCost: {a: 0.1, b: 0.05}}
        covariates: [x0, x1, {column: x2, kind: numeric}, city]
        splits: {rule: md5, seed: 11}
        """

    /// The spec, whose units stay in the engine or are read into memory.
    package func spec(_ yaml: String = WarehouseFixture.yaml, inMemory: Bool = false) throws -> ExperimentSpec {
        var spec = try ExperimentSpec.read(yaml: yaml, file: "spec.yaml")
        if inMemory { spec.engine = nil }
        return spec
    }

    /// Writes the spec beside the data.
    /// - Returns: its path.
    package func writeSpec(_ yaml: String = WarehouseFixture.yaml, as name: String = "spec.yaml") throws -> String {
        let path = folder + "/" + name
        try AtomicFile.write(Data(yaml.utf8), to: path)
        return path
    }
}
