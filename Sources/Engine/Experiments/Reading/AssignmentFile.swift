import Runtime
import Texts

/// An assignment of units to arms made elsewhere (`--assignments`): a CSV with the header `<unit column>,arm`.
package struct AssignmentFile: Sendable, Equatable {
    /// Index of the arm, by unit key.
    package let armByKey: [UInt64: UInt8]

    /// Tells assignments apart, whatever the order of their lines: 16 hexadecimal digits.
    package var digest: String {
        let sum = armByKey.reduce(UInt64(armByKey.count)) { sum, unit in
            sum &+ StableHash.mix(StableHash.mix(unit.key) ^ UInt64(unit.value))
        }
        return String(sum, radix: 16)
    }

    /// - Parameters:
    ///   - unitColumn: name of the unit column; `row` where each row is a unit (ids are then record numbers).
    ///   - arms: the experiment's arms, control first.
    /// - Throws: `EspalierError(.data)` with the line of an unknown or missing arm, or of a unit that stands twice.
    package static func read(
        _ path: String, unitColumn: String, arms: [String], context: RunContext = RunContext()
    ) throws -> AssignmentFile {
        var reader = TableReader(path: path)
        try reader.want(unitColumn, .identity, for: "unit")
        try reader.want("arm", .label, for: "arm")
        let table = try reader.read(context: context)
        guard case .levels(let codes, let labels)? = table["arm"],
            case .identities(let keys, let texts)? = table[unitColumn]
        else { throw EspalierError(.internal, "the assignments were not read", file: path) }
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        let indices = labels.map { label in arms.firstIndex(of: label).map { UInt8($0) } }
        var armByKey: [UInt64: UInt8] = [:]
        armByKey.reserveCapacity(keys.count)
        for record in keys.indices {
            let code = codes[record]
            guard code >= 0 else { throw error("the arm is missing here", record, "give every unit an arm") }
            guard let arm = indices[Int(code)] else {
                let label = labels[Int(code)]
                throw error(
                    "the arm \(DisplayText.quoted(label)) is unknown", record,
                    NearestName.hint(label, among: arms)
                        ?? "the arms are " + arms.map { DisplayText.quoted($0) }.joined(separator: ", "))
            }
            guard armByKey.updateValue(arm, forKey: keys[record]) == nil else {
                throw error(
                    "the unit \(DisplayText.quoted(texts[record])) stands here a second time", record, "give it one arm"
                )
            }
        }
        return AssignmentFile(armByKey: armByKey)
    }
}
