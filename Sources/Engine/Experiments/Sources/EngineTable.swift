import Foundation
import Runtime
import Texts
import Warehouses

/// Rows that an engine reads for us: Parquet files, a table of a database or a server, or what a query gives.
package struct EngineTable: Sendable {
    /// In the engine's order.
    package let columns: [EngineColumn]
    private let path: String
    /// What stands behind FROM.
    package private(set) var relation: String
    private let engine: Engine

    private enum Engine {
        case command(DuckDBCommand)
        case server(ADBCConnection)

        var connection: any WarehouseConnection {
            switch self {
            case .command(let command): command
            case .server(let server): server
            }
        }
    }

    /// nil for a file of text, which needs no engine.
    /// - Throws: `EspalierError(.noInput)` where DuckDB is missing, `.data` for what it cannot open; `CancellationError`.
    package init?(
        _ path: String, threads: Int = Workers().count, log: QueryLog? = nil,
        cancellation: Cancellation = Cancellation()
    ) throws {
        let location = try DataLocation(path)
        self.path = path
        switch location {
        case .text: return nil
        case .parquet, .database:
            var database: String?
            if case .database(let file, _) = location { database = file }
            let command = DuckDBCommand(
                try EngineSearch().require(.duckdb, for: path), database: database, file: path, threads: threads,
                log: log)
            engine = .command(command)
            relation = try Self.relation(location, command, path, cancellation)
        case .server(let kind, let uri, let named):
            let server = try ADBCConnection(try EngineSearch().require(kind, for: uri), uri: uri, log: log)
            // The view is all that is asked from here on, so that a query cannot end a statement it stands in.
            relation = "espalier_source"
            try server.makeView(
                relation, as: "SELECT * FROM \(Self.relation(named, server.dialect)) AS rows",
                cancellation: cancellation)
            engine = .server(server)
        }
        let connection = engine.connection
        let names = try connection.ask(
            connection.dialect.columns(of: relation), [.text, .text], cancellation: cancellation)
        columns = zip(names[0].texts, names[1].texts).map { name, type in
            EngineColumn(name: name ?? "", type: connection.dialect.typeName(type ?? ""))
        }
    }

    /// The rows of a sample alone.
    /// - Throws: `EspalierError`; `CancellationError`.
    func sampled(_ sample: SampledRows) throws -> EngineTable {
        var table = self
        table.relation = try sample.relation(of: self, rowCount: rowCount(cancellation: Cancellation()), file: path)
        return table
    }

    /// - Throws: `EspalierError`; `CancellationError`.
    package func rowCount(cancellation: Cancellation) throws -> Int {
        let answer = try connection.ask("SELECT count(*) FROM \(relation)", [.integer], cancellation: cancellation)
        return (answer[0].integers.first ?? 0) ?? 0
    }

    /// The columns that can be read.
    var readableNames: [String] { columns.filter(\.isReadable).map(\.name) }

    /// What answers questions about the rows.
    package var connection: any WarehouseConnection { engine.connection }

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
            fields.append(try column.expression(for: request, connection.dialect, file: path))
            if column.isQuoted { quoted.append(column.name) }
        }
        if fields.count < 2 { fields.append("0") }
        let query = "SELECT \(fields.joined(separator: ", ")) FROM \(relation)"
        switch engine {
        case .command(let command): return try command.with(threads: threads).stream(query, quoting: quoted)
        case .server(let server): return server.stream(query)
        }
    }

    // MARK: Relations

    private static func relation(
        _ location: DataLocation, _ engine: DuckDBCommand, _ path: String, _ cancellation: Cancellation
    ) throws -> String {
        switch location {
        case .text, .server, .database(_, relation: nil): return try onlyTable(engine, path, cancellation)
        case .parquet(let files):
            return "read_parquet([\(files.map(SQLText.literal).joined(separator: ", "))])"
        case .database(_, relation: let name?):
            guard name.hasPrefix("("), name.hasSuffix(")") else {
                return Self.relation(name, engine.dialect)
            }
            try requireOneSelect(String(name.dropFirst().dropLast()), engine, path, cancellation)
            return name
        }
    }

    /// A table, maybe of a schema, as SQL has it; a query stands in parentheses already.
    private static func relation(_ name: String, _ dialect: SQLDialect) -> String {
        name.hasPrefix("(")
            ? name : name.split(separator: ".").map { dialect.identifier(String($0)) }.joined(separator: ".")
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
