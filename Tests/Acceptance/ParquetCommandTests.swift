import Foundation
import Testing
import Warehouses

/// The way from Parquet files to a Parquet file of arms, as a script goes it.
@Suite struct ParquetCommandTests {
    private static let duckdb = try? EngineSearch().find(.duckdb)

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run {
        let run = try CommandLineTests.espalier(arguments)
        #expect(run.code == 0, "\(run.errors)")
        return run
    }

    private func ask(_ statement: String) throws {
        let duckdb = DuckDBCommand(try #require(Self.duckdb))
        _ = try duckdb.run(statement).rest(cancellation: .init())
    }

    private static let units = """
        SELECT 'u' || i AS user_id, CASE WHEN i % 2 = 0 THEN 'control' ELSE 'treated' END AS arm,
          (hash(i) % 100) / 10.0 + CASE WHEN i % 2 = 1 AND i % 3 = 0 THEN 4 ELSE 0 END AS revenue, i % 3 AS visits,
          (hash(i * 31) % 1000) / 7.0 AS age, CASE WHEN i % 11 = 0 THEN NULL ELSE 'c' || i % 5 END AS country
        FROM range(3000) r(i)
        """

    @Test(.enabled(if: duckdb != nil, "DuckDB was not found; `espalier engines` says how it is installed"))
    func fromParquetToParquet() throws {
        try CommandLineTests.inFolder { folder in
            let folder = folder + "/my units"
            try FileManager.default.createDirectory(atPath: folder + "/parts", withIntermediateDirectories: true)
            for (name, bounds) in [("a", "i < 1000"), ("b", "i >= 1000")] {
                try ask("COPY (\(Self.units) WHERE \(bounds)) TO '\(folder)/parts/\(name).parquet' (FORMAT parquet)")
            }
            try ask("COPY (\(Self.units)) TO '\(folder)/units.csv' (FORMAT csv, HEADER)")
            var studies: [String] = []
            for data in ["\(folder)/parts/*.parquet", "\(folder)/units.csv"] {
                let spec = folder + "/experiment\(studies.count).yaml"
                _ = try run(["init", data, "-o", spec])
                #expect(try run(["check", spec]).output.contains("ok"))
                studies.append(folder + "/study\(studies.count).espalier")
                _ = try run(["fit", spec, "-o", studies[studies.count - 1]])
            }
            // The same experiment in either form.
            #expect(try run(["cohorts", studies[0]]).output == run(["cohorts", studies[1]]).output)
            let policy = folder + "/policy.json"
            _ = try run(["add", studies[0], "--weight", "visits=0.1"])
            _ = try run(["export", studies[0], "--candidate", "A", "--holdout", "0.1", "-o", policy])
            let assigned = folder + "/arms.parquet"
            _ = try run(["assign", policy, "\(folder)/parts/*.parquet", "-o", assigned])
            let expected = try run(["assign", policy, folder + "/units.csv"]).output
            try ask(
                """
                COPY (SELECT unit, arm, holdout::TINYINT AS holdout FROM read_parquet('\(assigned)'))
                TO '\(folder)/arms.csv' (FORMAT csv, HEADER)
                """)
            #expect(try String(contentsOfFile: folder + "/arms.csv", encoding: .utf8) == expected)
            let effects = folder + "/effects.parquet"
            _ = try run(["effects", studies[0], "--units", folder + "/parts/a.parquet", "-o", effects])
            let answer = try DuckDBCommand(try #require(Self.duckdb)).ask(
                "SELECT count(*), count(DISTINCT unit), typeof(any_value(effect)) FROM read_parquet('\(effects)')",
                [.integer, .integer, .text])
            #expect(answer[1].integers == [1000] && answer[2].texts == ["DOUBLE"])
            // A file that comes later is told.
            try ask("COPY (\(Self.units) WHERE i < 9) TO '\(folder)/parts/c.parquet' (FORMAT parquet)")
            let told = try run(["cohorts", studies[0]])
            #expect(told.errors.contains("has changed since the study was fitted"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".") }
            #expect(left.isEmpty)
        }
    }

    @Test func withoutTheEngine() throws {
        try CommandLineTests.inFolder { folder in
            let environment = ["PATH": "/usr/bin:/bin", "HOME": folder]
            let engines = try CommandLineTests.espalier(["engines", "--format", "json"], environment: environment)
            let listed = try JSONDecoder().decode([[String: Value]].self, from: Data(engines.output.utf8))
            #expect(
                listed
                    == ["duckdb", "postgresql", "spark"].map {
                        ["engine": .text($0), "found": .truth(false), "version": .none, "path": .none]
                    })
            let table = try CommandLineTests.espalier(["engines"], environment: environment)
            #expect(
                table.output.contains("DuckDB is installed by: python3 -m venv \(folder)/.local/share/espalier/engines")
            )
            let data = folder + "/units.parquet"
            try Data("PAR1 and nothing else".utf8).write(to: URL(fileURLWithPath: data))
            let refused = try CommandLineTests.espalier(["init", data], environment: environment)
            #expect(refused.code == 66)
            #expect(
                refused.errors.hasPrefix("espalier: \(data): Parquet files and DuckDB databases are read by DuckDB"))
        }
    }

    private enum Value: Decodable, Equatable {
        case text(String)
        case truth(Bool)
        case none

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
                return
            }
            self = try (try? container.decode(Bool.self)).map(Value.truth) ?? .text(container.decode(String.self))
        }
    }
}
