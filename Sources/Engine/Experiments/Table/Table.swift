/// The columns that were asked for, in the order of the file's records.
package struct Table: Sendable {
    let header: [String]
    package let recordCount: Int
    package let lines: RecordLines
    /// The file's record, from 0, that is the first here; above 0 where a file is read in pieces.
    let firstRecord: Int
    /// The file's record of each record, where not all of them are here in turn.
    private let fileRecords: [UInt32]?
    private var columns: [String: Column]
    private var columnTexts: [String: ColumnTexts]

    /// The values of one column.
    package enum Column: Sendable {
        /// NaN is missing.
        case numbers([Double])
        /// Indices into `names`, -1 where missing.
        case levels(codes: [Int32], names: [String])
        case keys([UInt64])
        case identities(keys: [UInt64], texts: [String])
    }

    init(
        header: [String], recordCount: Int, lines: RecordLines, columns: [String: Column],
        texts: [String: ColumnTexts] = [:], firstRecord: Int = 0, fileRecords: [UInt32]? = nil
    ) {
        self.fileRecords = fileRecords
        self.header = header
        self.recordCount = recordCount
        self.lines = lines
        self.firstRecord = firstRecord
        self.columns = columns
        columnTexts = texts
    }

    /// What was seen of a column's texts; nothing for a column of ids or labels.
    func texts(_ name: String) -> ColumnTexts { columnTexts[name] ?? ColumnTexts() }

    /// The record of the file, from 0, that a record of a table read as a whole is.
    func fileRecord(of record: Int) -> UInt32 { fileRecords?[record] ?? UInt32(record) }

    /// The same of all columns.
    var allTexts: [String: ColumnTexts] { columnTexts }

    /// The line on which a record of this table begins.
    func line(of record: Int) -> Int { lines.line(of: firstRecord + record) }

    package subscript(name: String) -> Column? { columns[name] }

    /// The doubles of a column that was read as numbers; empty for any other.
    package func numbers(_ name: String) -> [Double] {
        if case .numbers(let values)? = columns[name] { values } else { [] }
    }

    /// The keys of a column of ids; nil for any other.
    func keys(_ name: String) -> [UInt64]? {
        switch columns[name] {
        case .keys(let keys)?, .identities(let keys, _)?: keys
        default: nil
        }
    }

    /// The texts of a column that was read as identities; nil for any other.
    func identities(_ name: String) -> [String]? {
        if case .identities(_, let texts)? = columns[name] { texts } else { nil }
    }

    /// The same with columns that come from elsewhere.
    func adding(_ more: [String: Column], texts: [String: ColumnTexts]) -> Table {
        Table(
            header: header + more.keys.sorted(), recordCount: recordCount, lines: lines,
            columns: columns.merging(more) { own, _ in own }, texts: columnTexts.merging(texts) { own, _ in own },
            fileRecords: fileRecords)
    }

    /// Some of the records of a table read as a whole, with columns made of all of them.
    func reduced(to records: [Int], columns: [String: Column]) -> Table {
        Table(
            header: header, recordCount: records.count, lines: lines.keeping(records), columns: columns,
            texts: columnTexts, fileRecords: records.map(UInt32.init))
    }

    /// Forgets a column, so that its memory is free while the next one is built.
    mutating func drop(_ name: String) { columns[name] = nil }
}
