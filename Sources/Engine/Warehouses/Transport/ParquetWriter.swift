import Foundation
import Runtime

/// Turns lines of CSV into a Parquet file by DuckDB. They are kept in a scratch file until all are there.
package final class ParquetWriter {
    /// A column of the file.
    package struct Column: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case text = "VARCHAR"
            case integer = "BIGINT"
            case double = "DOUBLE"
            case truth = "BOOLEAN"
        }

        package let name: String
        package let kind: Kind

        package init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    private let engine: DuckDBCommand
    private let columns: [Column]
    private let scratch = ScratchFolder()
    private let lines: AtomicFile.Writer
    private var linesPath: String { scratch.path + "/lines.csv" }

    /// - Parameters:
    ///   - columns: of the lines, in their order.
    ///   - file: the Parquet file, for messages.
    /// - Throws: `EspalierError(.cannotCreate)` where there is no room for a scratch file.
    package init(_ command: FoundEngine, columns: [Column], file: String, threads: Int) throws {
        self.columns = columns
        engine = DuckDBCommand(command, file: file, threads: threads)
        try scratch.make()
        lines = try AtomicFile.Writer(path: scratch.path + "/lines.csv")
    }

    /// Takes in lines of CSV; the first of all is a header.
    /// - Throws: `EspalierError(.cannotCreate)`.
    package func write(_ data: Data) throws { try lines.write(data) }

    /// Hands the file's bytes over, piece by piece.
    /// - Throws: `EspalierError` for a field that is not of its column's kind; `CancellationError`; what `write` throws.
    package func finish(cancellation: Cancellation, write: (Data) throws -> Void) throws {
        try lines.complete()
        let kinds = columns.map { "\(SQLText.literal($0.name)): '\($0.kind.rawValue)'" }.joined(separator: ", ")
        let output = try engine.run(
            """
            COPY (SELECT * FROM read_csv(\(SQLText.literal(linesPath)), header = true, auto_detect = false, delim = ',',
            quote = '"', escape = '"', columns = {\(kinds)})) TO '/dev/stdout' (FORMAT parquet)
            """)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        while case let count = try output.fill(piece, cancellation: cancellation), count > 0 {
            try write(Data(piece[..<count]))
        }
    }
}
