import Runtime
import Texts

/// Outcome models made elsewhere (`--predictions`): a CSV with the unit column and, for every arm and outcome, a column
/// `arm:outcome` of what the outcome would be, in its own unit and before costs.
package struct PredictionsFile: Sendable {
    /// Record of each unit, by its key.
    package let recordByKey: [UInt64: Int]
    /// By arm * outcomes + outcome, one value a record.
    package let columns: [[Double]]

    /// - Parameters:
    ///   - unitColumn: name of the unit column.
    ///   - arms: the experiment's arms, control first.
    /// - Throws: `EspalierError(.data)` that names a missing column, or the line of a missing prediction or of a unit that
    ///   stands twice.
    package static func read(
        _ path: String, unitColumn: String, arms: [String], outcomes: [String], context: RunContext = RunContext()
    ) throws -> PredictionsFile {
        let names = arms.flatMap { arm in outcomes.map { "\(arm):\($0)" } }
        var reader = TableReader(path: path)
        try reader.want(unitColumn, .identity, for: "unit")
        for name in names { try reader.want(name, .number, for: "prediction") }
        let table = try reader.read(context: context)
        guard case .identities(let keys, let texts)? = table[unitColumn] else {
            throw EspalierError(.internal, "the predictions were not read", file: path)
        }
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        var recordByKey: [UInt64: Int] = [:]
        recordByKey.reserveCapacity(keys.count)
        for record in keys.indices where recordByKey.updateValue(record, forKey: keys[record]) != nil {
            throw error(
                "the unit \(DisplayText.quoted(texts[record])) stands here a second time", record, "give it one row")
        }
        let columns = try names.map { name in
            let values = table.numbers(name)
            guard let record = values.firstIndex(where: { !$0.isFinite }) else { return values }
            throw error(
                "the prediction \(DisplayText.quoted(name)) is missing here", record, "give every unit all of them")
        }
        return PredictionsFile(recordByKey: recordByKey, columns: columns)
    }
}
