import CADBC
import Foundation
import Runtime
import Synchronization

/// Questions to a server by an ADBC driver: one session, which asks one question at a time and takes its scratch tables with it when
/// it goes.
package final class ADBCConnection: WarehouseConnection {
    package let dialect: SQLDialect
    private let kind: EngineKind
    /// The server's address, for messages.
    private let address: String
    private let log: QueryLog?
    private let session: Mutex<Session>
    /// Whoever cancels needs it while a statement holds the session.
    private let handle: Handle

    /// The driver's connection, an opaque pointer whose only use from another thread is `espalier_adbc_cancel`, which locks.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private final class Session: Sendable {
        let handle: Handle

        init(_ handle: Handle) { self.handle = handle }

        deinit { espalier_adbc_close(handle.pointer) }
    }

    /// What a session made and the server would keep when it is gone.
    private let leftovers = Mutex<[String]>([])

    deinit {
        for statement in leftovers.withLock({ $0 }) { try? run(statement, cancellation: Cancellation()) { _ in } }
    }

    /// - Parameters:
    ///   - driver: the driver's library.
    ///   - uri: as the driver takes it; passwords come from the engine's own files or the environment.
    ///   - log: is told each question.
    /// - Throws: `EspalierError(.noInput)` where the server cannot be reached.
    package init(_ driver: FoundEngine, uri: String, log: QueryLog? = nil) throws {
        dialect = SQLDialect(driver.kind)
        kind = driver.kind
        address = ServerAddress.shown(uri)
        self.log = log
        var message: UnsafeMutablePointer<CChar>?
        let token = driver.kind.tokenVariable.flatMap { ProcessInfo.processInfo.environment[$0] }
        let option = token == nil ? nil : driver.kind.tokenOption
        guard
            let pointer = espalier_adbc_open(driver.path, uri, option, token, &message)
        else {
            throw ServerFailure.unreachable(Self.taken(message), kind: driver.kind, address: address)
        }
        handle = Handle(pointer: pointer)
        session = Mutex(Session(handle))
        for setting in dialect.sessionSettings { try run(setting, cancellation: Cancellation()) { _ in } }
    }

    private static func taken(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "" }
        defer { free(message) }
        return String(cString: message)
    }

    package func ask(
        _ query: String, _ kinds: [AnswerColumn.Kind], cancellation: Cancellation
    ) throws -> Answer {
        log?.begin(query)
        var columns = kinds.map { AnswerColumn.empty($0) }
        var (rowCount, byteCount) = (0, 0)
        try run(query, cancellation: cancellation) { rows in
            while try rows.advance() {
                for (index, kind) in kinds.enumerated() {
                    guard let bytes = columns[index].append(kind, of: rows, column: index) else {
                        throw EspalierError(
                            .data, "the engine answered a column of another type than was asked for", file: address)
                    }
                    byteCount += bytes
                }
                rowCount += rows.rowCount
            }
        }
        log?.add(rows: rowCount, bytes: byteCount)
        return Answer(columns: columns, rowCount: rowCount, byteCount: byteCount)
    }

    package func makingTable(
        _ name: String, as query: String, cancellation: Cancellation
    ) throws -> any WarehouseConnection {
        let statement = dialect.makingTable(name, as: query)
        log?.begin(statement)
        if let freeing = dialect.freeingTable(name) { leftovers.withLock { $0.append(freeing) } }
        try run(statement, cancellation: cancellation) { _ in }
        return self
    }

    package func export(_ query: String, to path: String, cancellation: Cancellation) throws {
        log?.begin(query)
        let file = try AtomicFile.Writer(path: path)
        try each(query, cancellation: cancellation, header: true) { try file.write(Data($0)) }
        try file.complete()
    }

    /// Hands over the rows of a query as lines of CSV, some thousands at a time: NULL is nothing, and every text is in quotes.
    /// - Parameter header: whether a line of names comes first.
    func each(
        _ query: String, cancellation: Cancellation, header: Bool = false, _ take: ([UInt8]) throws -> Void
    ) throws {
        try run(query, cancellation: cancellation) { rows in
            if header { try take(CSVLines.header(rows.names)) }
            while try rows.advance() {
                try cancellation.check()
                try take(try CSVLines.lines(of: rows, address: address))
            }
        }
    }

    /// Gives a query a name that lasts as long as the session.
    /// - Throws: as `ask`.
    package func makeView(_ name: String, as query: String, cancellation: Cancellation) throws {
        try run(
            "CREATE TEMPORARY VIEW \(dialect.identifier(name)) AS \(query)", cancellation: cancellation
        ) { _ in }
    }

    /// The rows of a query as bytes of CSV, pulled as they are wanted; every text is in quotes.
    /// - Throws: as `ask`.
    package func stream(_ query: String) -> EngineStream { EngineStream(RowBytes(self, query)) }

    /// Runs a statement and hands over its rows; cancelled, it is stopped in the server.
    private func run(_ statement: String, cancellation: Cancellation, _ body: (ArrowRows) throws -> Void) throws {
        try session.withLock { session in
            try cancellation.check()
            let watch = CancellationWatch(cancellation) { [handle] in espalier_adbc_cancel(handle.pointer) }
            defer { watch.end() }
            var stream = ArrowArrayStream()
            var message: UnsafeMutablePointer<CChar>?
            let status = espalier_adbc_run(session.handle.pointer, statement, &stream, &message)
            defer { espalier_adbc_finish(session.handle.pointer) }
            let words = Self.taken(message)
            do {
                guard status == 0 else { throw ArrowRows.Failure(message: words) }
                // A statement without rows may have no stream at all.
                guard stream.release != nil else { return }
                try body(ArrowRows(stream))
            } catch let failure as ArrowRows.Failure {
                try cancellation.check()
                throw ServerFailure.error(failure.message, kind: kind, address: address)
            }
        }
    }
}

/// Calls something while work is cancelled, until it is over.
private final class CancellationWatch: Sendable {
    private final class State: Sendable {
        let isOver = Mutex(false)
    }

    private let state = State()

    init(_ cancellation: Cancellation, _ stop: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [state] in
            while !state.isOver.withLock({ $0 }) {
                if cancellation.isCancelled { stop() }
                usleep(50_000)
            }
        }
    }

    /// Once it has returned nothing is called any more but what was on its way.
    func end() { state.isOver.withLock { $0 = true } }
}
