import Runtime
import Texts

/// Probabilities over the arms made elsewhere (`--assignments`): a CSV with the unit column and a column for every arm.
package struct ProbabilitiesFile: Sendable {
    /// Record of each unit, by its key.
    private let recordByKey: [UInt64: Int]
    /// By arm, control first, one value a record.
    private let columns: [[Double]]

    /// How far the sum of a unit's probabilities may be from 1, as they are written with few digits.
    private static let tolerance = 1e-6

    /// Whether a file gives probabilities rather than arms: it has no column `arm`, and one for every arm.
    /// - Throws: `EspalierError` where it cannot be read.
    package static func isOne(_ path: String, arms: [String]) throws -> Bool {
        let header = Set(try TableReader.header(of: path))
        return !header.contains("arm") && arms.allSatisfy(header.contains)
    }

    /// - Parameters:
    ///   - unitColumn: name of the unit column; `row` where each row is a unit.
    ///   - arms: the experiment's arms, control first.
    /// - Throws: `EspalierError(.data)` with the line of a probability outside 0...1, of a sum other than 1, or of a unit
    ///   that stands twice.
    package init(
        reading path: String, unitColumn: String, arms: [String], context: RunContext = RunContext()
    ) throws {
        var reader = TableReader(path: path)
        try reader.want(unitColumn, .identity, for: "unit")
        for arm in arms { try reader.want(arm, .number, for: "probability") }
        let table = try reader.read(context: context)
        guard case .identities(let keys, let texts)? = table[unitColumn] else {
            throw EspalierError(.internal, "the probabilities were not read", file: path)
        }
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        var columns = arms.map { table.numbers($0) }
        var recordByKey: [UInt64: Int] = [:]
        recordByKey.reserveCapacity(keys.count)
        for record in keys.indices {
            for (arm, column) in zip(arms, columns) where !(0...1).contains(column[record]) {
                throw error(
                    "the probability of \(DisplayText.quoted(arm)) is missing or outside 0 to 1 here", record,
                    "give every arm a probability from 0 to 1")
            }
            let sum = columns.reduce(0) { $0 + $1[record] }
            guard abs(sum - 1) <= Self.tolerance else {
                throw error(
                    "the probabilities sum to \(NumberText.significant(sum, 6)) here", record, "let them sum to 1")
            }
            for arm in columns.indices { columns[arm][record] /= sum }
            guard recordByKey.updateValue(record, forKey: keys[record]) == nil else {
                throw error(
                    "the unit \(DisplayText.quoted(texts[record])) stands here a second time", record, "give it one row"
                )
            }
        }
        self.recordByKey = recordByKey
        self.columns = columns
    }

    /// The probabilities of a unit's arms, control first; nil for a unit that is not listed.
    package subscript(key: UInt64) -> [Double]? {
        recordByKey[key].map { record in columns.map { $0[record] } }
    }

    /// Tells such files apart, whatever the order of their lines: 16 hexadecimal digits.
    package var digest: String {
        let sum = recordByKey.reduce(UInt64(recordByKey.count)) { sum, unit in
            columns.reduce(sum &+ StableHash.mix(unit.key)) {
                $0 &+ StableHash.mix(StableHash.mix(unit.key) ^ $1[unit.value].bitPattern)
            }
        }
        return String(sum, radix: 16)
    }
}
