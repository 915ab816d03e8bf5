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

    /// - Parameters:
    ///   - database: a database file.
    ///   - file: the file that is asked, for messages; nil is the database.
    ///   - silence: how long a child may write nothing before it is stopped.
    package init(
        _ command: FoundEngine, database: String? = nil, file: String? = nil, threads: Int = Workers().count,
        silence: Duration = .seconds(3600)
    ) {
        self.command = command
        self.database = database
        self.file = file ?? database
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
        let bytes = try stream(query).rest(cancellation: cancellation)
        return try Answer(csv: bytes, kinds: kinds, file: file)
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
        return EngineStream(child, kind: command.kind, file: file, scratch: scratch)
    }
}
