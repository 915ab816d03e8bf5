/// The columns that were asked for, in the order of the file's records.
package struct Table: Sendable {
    let header: [String]
    package let recordCount: Int
    package let lines: RecordLines
    private var columns: [String: Column]

    /// The values of one column.
    package enum Column: Sendable {
        /// NaN is missing.
        case numbers([Double])
        /// Indices into `names`, -1 where missing.
        case levels(codes: [Int32], names: [String])
        case keys([UInt64])
        case identities(keys: [UInt64], texts: [String])
    }

    init(header: [String], recordCount: Int, lines: RecordLines, columns: [String: Column]) {
        self.header = header
        self.recordCount = recordCount
        self.lines = lines
        self.columns = columns
    }

    package subscript(name: String) -> Column? { columns[name] }

    /// The doubles of a column that was read as numbers; empty for any other.
    package func numbers(_ name: String) -> [Double] {
        if case .numbers(let values)? = columns[name] { values } else { [] }
    }

    /// The same with columns that come from elsewhere.
    func adding(_ more: [String: Column]) -> Table {
        Table(
            header: header + more.keys.sorted(), recordCount: recordCount, lines: lines,
            columns: columns.merging(more) { own, _ in own })
    }

    /// Forgets a column, so that its memory is free while the next one is built.
    mutating func drop(_ name: String) { columns[name] = nil }
}
