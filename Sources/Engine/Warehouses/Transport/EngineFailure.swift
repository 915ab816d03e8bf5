import Foundation
import Runtime

/// What an engine complains of, as one sentence.
enum EngineFailure {
    /// - Parameters:
    ///   - file: the file or database that was asked.
    static func error(_ ending: ChildProcess.Ending, kind: EngineKind, file: String?) -> EspalierError {
        if let signal = ending.signal {
            return EspalierError(
                .data, "\(kind.title) was ended by signal \(signal) before it had answered", file: file,
                remedy: signal == SIGKILL
                    ? "give it more memory, or ask for fewer columns" : "run it again, or install another version")
        }
        return error(complaints: ending.complaints, kind: kind, file: file)
    }

    /// - Parameter complaints: what it wrote to standard error.
    static func error(complaints: String, kind: EngineKind, file: String?) -> EspalierError {
        let lines = complaints.split(whereSeparator: \.isNewline).map {
            String($0).trimmingCharacters(in: .whitespaces)
        }
        let first = lines.first { !$0.isEmpty } ?? "nothing, and failed"
        if let error = KnownFailure.error(in: complaints, among: known, file: file) { return error }
        let hint = lines.first { $0.hasPrefix("Did you mean") || $0.hasPrefix("Candidate bindings") }
        return EspalierError(
            .data, "\(kind.title) says: " + KnownFailure.words(first), file: file,
            remedy: hint.map(KnownFailure.words))
    }

    /// What happens to careful people, too; the marks are DuckDB's words.
    private static let known = [
        KnownFailure(
            mark: "Conflicting lock is held", kind: .noInput,
            message: "another process has the database open for writing",
            remedy: "close it there, or name a copy"),
        KnownFailure(
            mark: "No space left on device", kind: .cannotCreate,
            message: "the engine's disk is full", remedy: "make room, or set TMPDIR to a place that has it"),
        KnownFailure(
            mark: "No files found that match", kind: .noInput,
            message: "the file was taken away in the midst of the work", remedy: "check it, and run it again"),
        KnownFailure(
            mark: "Out of Memory Error", kind: .data,
            message: "the engine has too little memory for the question", remedy: "ask for fewer columns or rows"),
        KnownFailure(
            mark: "No magic bytes found", kind: .data, message: "this is no whole Parquet file",
            remedy: "write it again"),
        KnownFailure(
            mark: "is not a valid DuckDB database file", kind: .data, message: "this is no DuckDB database",
            remedy: "name a database, or a Parquet or CSV file"),
    ]

    static func silent(_ silence: ChildProcess.Silent, kind: EngineKind, file: String?) -> EspalierError {
        EspalierError(
            .data, "\(kind.title) has said nothing for \(silence.seconds) seconds and was stopped", file: file,
            remedy: "ask for fewer columns or rows")
    }
}
