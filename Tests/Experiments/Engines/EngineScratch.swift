import Foundation
import Runtime
import Testing
import Warehouses

/// What tests of Parquet files and databases need; they say so where DuckDB is missing.
enum InstalledEngine {
    static let missing: Comment = "DuckDB was not found; `espalier engines` says how it is installed"
    static let duckdb = try? EngineSearch().find(.duckdb)
}

extension Scratch {
    /// Writes what a query gives as a Parquet file.
    func writeParquet(_ query: String, as name: String) throws -> String {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: AtomicFile.folder(of: path), withIntermediateDirectories: true)
        let command = DuckDBCommand(try #require(InstalledEngine.duckdb), threads: 1)
        let output = try command.run("COPY (\(query)) TO \(SQLText.literal(path)) (FORMAT parquet)")
        _ = try output.rest(cancellation: Cancellation())
        return path
    }

    /// Makes a database by statements.
    func writeDatabase(_ statements: String, as name: String) throws -> String {
        let path = folder + "/" + name
        let command = DuckDBCommand(try #require(InstalledEngine.duckdb), threads: 1)
        _ = try command.run("ATTACH \(SQLText.literal(path)) AS made; USE made; \(statements)")
            .rest(cancellation: Cancellation())
        return path
    }
}
