import Foundation
import Runtime
import Warehouses

extension Output {
    /// Whether a result goes to a Parquet file, by the file's name.
    static func isParquet(_ path: String?) -> Bool { path?.lowercased().hasSuffix(".parquet") ?? false }

    /// Lines of CSV, as a Parquet file where the path is named so, else as they are.
    /// - Parameters:
    ///   - path: nil is the destination of `-o`.
    ///   - columns: of the lines, which begin with a header.
    /// - Throws: also `EspalierError(.noInput)` where a Parquet file is wanted and DuckDB is missing.
    static func stream(
        to path: String? = nil, columns: [ParquetWriter.Column], context: RunContext,
        _ body: (_ write: (Data) throws -> Void) throws -> Void
    ) throws {
        guard let path = path ?? OutputStyle.current.destination, isParquet(path) else {
            return try stream(to: path, body)
        }
        try refuseOverwriting(path)
        let engine = try EngineSearch().require(.duckdb, for: path)
        try stream(to: path) { write in
            let writer = try ParquetWriter(engine, columns: columns, file: path, threads: context.workers.count)
            try body(writer.write)
            try writer.finish(cancellation: context.cancellation, write: write)
        }
    }
}
