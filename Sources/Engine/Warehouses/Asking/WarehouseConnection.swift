import Runtime

/// A warehouse that answers questions in SQL: what every transport offers.
package protocol WarehouseConnection: Sendable {
    var dialect: SQLDialect { get }

    /// The answer to one question.
    /// - Parameters:
    ///   - query: one SELECT, without a semicolon.
    ///   - kinds: of its columns.
    /// - Throws: `EspalierError` in one sentence; `CancellationError`, within a second.
    func ask(_ query: String, _ kinds: [AnswerColumn.Kind], cancellation: Cancellation) throws -> Answer

    /// Makes a table of the rows of a query, which nobody else sees and which goes with the connection that is given back.
    /// - Throws: as `ask`.
    func makingTable(
        _ name: String, as query: String, cancellation: Cancellation
    ) throws -> any WarehouseConnection

    /// Writes the rows of a query into a file that the reader of data files reads.
    /// - Throws: as `ask`; `EspalierError(.cannotCreate)`.
    func export(_ query: String, to file: String, cancellation: Cancellation) throws
}
