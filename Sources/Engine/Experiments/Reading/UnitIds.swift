import Runtime

/// The ids of the units of a data file, by record.
package struct UnitIds: Sendable, Equatable {
    /// The id of record i + 1; its number where each row is a unit.
    package let texts: [String]
    /// `StableHash` key of each id.
    package let keys: [UInt64]

    /// - Throws: `EspalierError`; `CancellationError`.
    package static func read(_ path: String, unit: UnitIdentity, context: RunContext = RunContext()) throws -> UnitIds {
        var reader = TableReader(path: path)
        switch unit {
        case .column(let column):
            try reader.want(column, .identity, for: "unit")
            let table = try reader.read(context: context)
            return UnitIds(table: table, column: column)
        case .row:
            return UnitIds(table: try reader.read(context: context), column: nil)
        }
    }

    /// The ids of a column, some thousands at a time.
    /// - Throws: as `read`.
    static func stream(
        _ path: String, column: String, context: RunContext, each: (UnitIds) throws -> Void
    ) throws {
        var reader = TableReader(path: path)
        try reader.want(column, .identity, for: "unit")
        _ = try reader.readInPieces(context: context) {
        } each: {
            try each(UnitIds(table: $0, column: column))
        }
    }

    init(texts: [String], keys: [UInt64]) {
        self.texts = texts
        self.keys = keys
    }

    init(table: Table, column: String?) {
        if let column, case .identities(let keys, let texts)? = table[column] {
            self.texts = texts
            self.keys = keys
        } else {
            texts = (0..<table.recordCount).map { String(table.firstRecord + $0 + 1) }
            keys = texts.map { StableHash.key($0) }
        }
    }
}
