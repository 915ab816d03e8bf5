import Foundation
import Runtime
import Texts
import Warehouses

/// Rows that an engine reads for us: Parquet files, a table of a database, or what a query gives.
package struct EngineTable: Sendable {
    /// In the engine's order.
    package let columns: [EngineColumn]
    private let path: String
    /// What stands behind FROM.
    package let relation: String
    private let engine: DuckDBCommand

    /// nil for a file of text, which needs no engine.
    /// - Throws: `EspalierError(.noInput)` where DuckDB is missing, `.data` for what it cannot open; `CancellationError`.
    package init?(
        _ path: String, threads: Int = Workers().count, log: QueryLog? = nil,
        cancellation: Cancellation = Cancellation()
    ) throws {
        let location = try DataLocation(path)
        var database: String?
        switch location {
        case .text: return nil
        case .parquet: break
        case .database(let file, _): database = file
        }
        let command = try EngineSearch().require(.duckdb, for: path)
        self.path = path
        engine = DuckDBCommand(command, database: database, file: path, threads: threads, log: log)
        relation = try Self.relation(location, engine, path, cancellation)
        let names = try engine.ask(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(relation))", [.text, .text],
            cancellation: cancellation)
        columns = zip(names[0].texts, names[1].texts).map { name, type in
            EngineColumn(name: name ?? "", type: type ?? "")
        }
    }

    /// The columns that can be read.
    var readableNames: [String] { columns.filter(\.isReadable).map(\.name) }

    /// What answers questions about the rows.
    package var connection: any WarehouseConnection { engine }

    package subscript(name: String) -> EngineColumn? { columns.first { $0.name == name } }

    /// The request as the column's type answers it: texts stay texts, and numbers are written as numbers are.
    func settled(_ request: ColumnRequest) -> ColumnRequest {
        guard let column = self[request.name] else { return request }
        var request = request
        if column.isOfTexts, request.reading == .undecided {
            request.reading = .text
            request.isJudged = true
        }
        if column.isNumeric, let text = request.text {
            request.text = text.missing.map { TextFormat(missing: $0) }
        }
        return request
    }

    /// The rows as CSV without a header, one field a request and a further one where a record might be an empty line.
    /// - Throws: `EspalierError(.data)` for a type that cannot be read so; `.noInput`.
    func open(_ requests: [ColumnRequest], threads: Int) throws -> EngineStream {
        var fields: [String] = []
        var quoted: [String] = []
        for request in requests {
            guard let column = self[request.name] else { continue }
            fields.append(try column.expression(for: request, file: path))
            if column.isQuoted { quoted.append(column.name) }
        }
        if fields.count < 2 { fields.append("0") }
        return try engine.with(threads: threads).stream(
            "SELECT \(fields.joined(separator: ", ")) FROM \(relation)", quoting: quoted)
    }

    // MARK: Relations

    private static func relation(
        _ location: DataLocation, _ engine: DuckDBCommand, _ path: String, _ cancellation: Cancellation
    ) throws -> String {
        switch location {
        case .text, .database(_, relation: nil): return try onlyTable(engine, path, cancellation)
        case .parquet(let files):
            return "read_parquet([\(files.map(SQLText.literal).joined(separator: ", "))])"
        case .database(_, relation: let name?):
            guard name.hasPrefix("("), name.hasSuffix(")") else {
                return name.split(separator: ".").map { SQLText.identifier(String($0)) }.joined(separator: ".")
            }
            try requireOneSelect(String(name.dropFirst().dropLast()), engine, path, cancellation)
            return name
        }
    }

    private static func onlyTable(
        _ engine: DuckDBCommand, _ path: String, _ cancellation: Cancellation
    ) throws -> String {
        let tables = try engine.ask(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1", [.text],
            cancellation: cancellation)
        let names = tables[0].texts.compactMap(\.self)
        if names.count == 1 { return SQLText.identifier(names[0]) }
        let shown = names.prefix(6).map { DisplayText.quoted($0) }.joined(separator: ", ")
        throw EspalierError(
            .data,
            names.isEmpty
                ? "the database has no table" : "the database has \(names.count) tables and none is named: \(shown)",
            file: path, remedy: names.first.map { "write \(path)/\($0), or table: \($0) in a spec" })
    }

    /// A query becomes part of a statement, which it must not end.
    private static func requireOneSelect(
        _ query: String, _ engine: DuckDBCommand, _ path: String, _ cancellation: Cancellation
    ) throws {
        struct Parsed: Decodable {
            struct Statement: Decodable {}
            let error: Bool
            let message: String?
            let statements: [Statement]?

            enum CodingKeys: String, CodingKey {
                case error, statements
                case message = "error_message"
            }
        }
        let answer = try engine.ask(
            "SELECT json_serialize_sql(\(SQLText.literal(query)))::VARCHAR", [.text], cancellation: cancellation)
        let text = answer[0].texts.first.flatMap(\.self) ?? ""
        let parsed = try? JSONDecoder().decode(Parsed.self, from: Data(text.utf8))
        guard let parsed, !parsed.error, parsed.statements?.count == 1 else {
            throw EspalierError(
                .data, "the query is not one SELECT" + (parsed?.message.map { ": \($0)" } ?? ""), file: path,
                remedy: "write one SELECT, without a semicolon")
        }
    }
}
