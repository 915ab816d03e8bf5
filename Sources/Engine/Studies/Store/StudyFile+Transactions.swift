import Foundation

extension StudyFile {
    /// Reads in one transaction.
    package func read<Value>(_ body: (StudyReading) throws -> Value) throws -> Value {
        try database.read { try body(StudyReading(database: $0)) }
    }

    /// Writes in one transaction; all of it survives kill -9 once this returns, or none of it was kept.
    /// - Parameter durably: whether it must survive a power cut too, as candidates, picks and exports do.
    package func transaction<Value>(durably: Bool = true, _ body: (StudyTransaction) throws -> Value) throws -> Value {
        durably
            ? try database.writeDurably { try body(StudyTransaction($0)) }
            : try database.write { try body(StudyTransaction($0)) }
    }
}
