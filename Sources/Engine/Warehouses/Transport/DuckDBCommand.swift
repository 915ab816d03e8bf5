import Foundation
import Runtime

/// Questions to the `duckdb` command: one child a question, so that one which hangs or is cancelled takes nothing with it.
package struct DuckDBCommand: Sendable {
    private let command: FoundEngine
    /// Opened for reading only; nil is a database in memory.
    private let database: String?
    /// The file that answers come from, for messages.
    private let file: String?
    private var threads: Int
    private let silence: Duration
    private let log: QueryLog?
    /// Where the database stands that is asked, if it is one of ours.
    private let scratch: ScratchFolder?

    /// - Parameters:
    ///   - database: a database file.
    ///   - file: the file that is asked, for messages; nil is the database.
    ///   - silence: how long a child may write nothing before it is stopped.
    ///   - log: is told each question.
    package init(
        _ command: FoundEngine, database: String? = nil, file: String? = nil, threads: Int = Workers().count,
        silence: Duration = .seconds(3600), log: QueryLog? = nil
    ) {
        self.init(
            command, database: database, file: file ?? database, threads: threads, silence: silence, log: log,
            scratch: nil)
    }

    private init(
        _ command: FoundEngine, database: String?, file: String?, threads: Int, silence: Duration, log: QueryLog?,
        scratch: ScratchFolder?
    ) {
        self.log = log
        self.scratch = scratch
        self.command = command
        self.database = database
        self.file = file
        self.threads = threads
        self.silence = silence
    }

    /// The same with another number of threads.
    package func with(threads: Int) -> DuckDBCommand {
        var command = self
        command.threads = threads
        return command
    }

    /// The answer to one question.
    /// - Parameters:
    ///   - query: one SELECT, without a semicolon.
    ///   - kinds: of its columns.
    /// - Throws: `EspalierError` in one sentence; `CancellationError`, within a second.
    package func ask(
        _ query: String, _ kinds: [AnswerColumn.Kind], cancellation: Cancellation = Cancellation()
    ) throws -> Answer {
        log?.begin(query)
        let bytes = try stream(query).rest(cancellation: cancellation)
        let answer = try Answer(csv: bytes, kinds: kinds, file: file)
        log?.add(rows: answer.rowCount, bytes: answer.byteCount)
        return answer
    }

    /// The answer to one question as the bytes of CSV, without a header: fields are quoted where they need it, NULL is nothing and
    /// the empty text is `""`.
    /// - Parameter quoted: columns that are in quotes wherever they are not NULL.
    /// - Throws: `EspalierError(.noInput)` where the command cannot be started.
    package func stream(_ query: String, quoting quoted: [String] = []) throws -> EngineStream {
        var options = "FORMAT csv, HEADER false"
        if !quoted.isEmpty {
            options += ", FORCE_QUOTE (" + quoted.map(SQLText.identifier).joined(separator: ", ") + ")"
        }
        return try run("COPY (\(query)) TO '/dev/stdout' (\(options))")
    }

    /// Runs one statement, whatever it writes to standard output.
    /// - Throws: `EspalierError(.noInput)` where the command cannot be started.
    package func run(_ statement: String) throws -> EngineStream {
        let scratch = ScratchFolder()
        let script = """
            SET temp_directory = \(SQLText.literal(scratch.path));
            SET autoinstall_known_extensions = false;
            SET enable_progress_bar = false;
            SET TimeZone = 'UTC';
            SET threads = \(max(1, threads));
            \(statement);

            """
        // A script ends at its first error; what people have set for themselves in .duckdbrc changes no answer.
        var arguments = ["-batch", "-bail", "-init", "/dev/null"]
        if let database { arguments += ["-readonly", database] }
        let child = try ChildProcess(command.path, arguments: arguments, script: script, silence: silence)
        let folders = [scratch] + (self.scratch.map { [$0] } ?? [])
        return EngineStream(ChildBytes(child, kind: command.kind, file: file, scratch: folders))
    }
}

extension DuckDBCommand: WarehouseConnection {
    package var dialect: SQLDialect { SQLDialect(.duckdb) }

    /// The table stands in a database of its own, for a child that ends takes its temporary tables with it.
    package func makingTable(
        _ name: String, as query: String, cancellation: Cancellation
    ) throws -> any WarehouseConnection {
        let folder = ScratchFolder()
        try folder.make()
        let path = folder.path + "/scratch.duckdb"
        let source =
            database.map { "ATTACH \(SQLText.literal($0)) AS source (READ_ONLY);\nUSE source;\n" } ?? ""
        let table = "CREATE TABLE scratch.\(SQLText.identifier(name)) AS \(query)"
        log?.begin(table)
        let maker = DuckDBCommand(
            command, database: nil, file: file, threads: threads, silence: silence, log: nil, scratch: folder)
        _ = try maker.run(
            "\(source)ATTACH \(SQLText.literal(path)) AS scratch;\nSET preserve_insertion_order = false;\n\(table);"
        ).rest(cancellation: cancellation)
        return DuckDBCommand(
            command, database: path, file: file, threads: threads, silence: silence, log: log, scratch: folder)
    }

    package func export(_ query: String, to path: String, cancellation: Cancellation) throws {
        let statement = "COPY (\(query)) TO \(SQLText.literal(path)) (FORMAT parquet)"
        log?.begin(statement)
        _ = try run(statement).rest(cancellation: cancellation)
    }
}
