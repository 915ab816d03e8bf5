import Foundation
import Runtime
import Testing
import Warehouses

@Suite(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) struct ParquetWriterTests {
    private static let columns = [
        ParquetWriter.Column("unit", .text), ParquetWriter.Column("it's \"n\"", .integer), .init("x", .double),
        .init("held", .truth),
    ]

    @Test func linesBecomeRowsOfTheirTypes() throws {
        let engine = try #require(InstalledEngine.duckdb)
        let writer = try ParquetWriter(engine, columns: Self.columns, file: "out.parquet", threads: 1)
        try writer.write(Data("unit,it's n,x,held\n007,-3,0.1,1\n".utf8))
        try writer.write(Data("\"a,\"\"b\"\"\nc\",,,0\n".utf8))
        var bytes = Data()
        try writer.finish(cancellation: Cancellation()) { bytes += $0 }
        let path = NSTemporaryDirectory() + "/espalier-\(UUID().uuidString).parquet"
        try bytes.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let rows = try DuckDBCommand(engine).ask(
            "SELECT unit, \"it's \"\"n\"\"\", x, held::INTEGER FROM read_parquet('\(path)')",
            [.text, .integer, .double, .integer])
        #expect(rows[0] == .texts(["007", "a,\"b\"\nc"]))
        #expect(rows[1] == .integers([-3, nil]))
        #expect(rows[2] == .doubles([0.1, nil]))
        #expect(rows[3] == .integers([1, 0]))
        let types = try DuckDBCommand(engine).ask(
            "SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet('\(path)'))", [.text])
        #expect(types[0] == .texts(["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"]))
    }

    @Test func aFieldOfAnotherKindIsRefused() throws {
        let engine = try #require(InstalledEngine.duckdb)
        let writer = try ParquetWriter(engine, columns: Self.columns, file: "out.parquet", threads: 1)
        try writer.write(Data("unit,n,x,held\nu,one,0.1,1\n".utf8))
        #expect {
            try writer.finish(cancellation: Cancellation()) { _ in }
        } throws: { "\($0)".hasPrefix("out.parquet: DuckDB says: ") }
    }
}
