import Experiments
import Foundation
import Policies
import Warehouses

/// Units and their arms as lines of CSV (`unit,arm,holdout`) or of JSON; of a policy that explores also who did, the period,
/// the propensity of the unit's arm and that of every arm, in columns that a spec's `propensities` can name.
struct AssignmentLines {
    private let format: Assign.Lines
    private let style = OutputStyle.current
    /// Each arm as it stands in a line.
    private let arms: [[UInt8]]
    /// Columns of the arms' propensities; none where the policy does not explore.
    private let propensities: [String]
    /// What stands in every line where units draw anew in every period.
    private let period: Int?

    /// - Parameter period: its number; nil where nobody draws anew.
    init(_ document: PolicyDocument, period: Int?, format: Assign.Lines) {
        self.format = format
        self.period = period
        let arms = document.arms
        propensities = document.assignment.exploration == nil ? [] : arms.map { "propensity_\($0)" }
        let style = style
        self.arms = arms.map { Array((format == .csv ? style.field($0) : Self.json($0)).utf8) }
    }

    /// The columns of the lines, in their order.
    var columns: [ParquetWriter.Column] {
        var columns = [ParquetWriter.Column("unit", .text), .init("arm", .text), .init("holdout", .integer)]
        if !propensities.isEmpty {
            columns.append(.init("explored", .integer))
            if period != nil { columns.append(.init("period", .integer)) }
            columns += (["propensity"] + propensities).map { .init($0, .double) }
        }
        return columns
    }

    var header: Data {
        guard format == .csv else { return Data() }
        return Data((columns.map { style.field($0.name) }.joined(separator: ",") + "\n").utf8)
    }

    func lines(of ids: [String], _ result: PolicyScorer.Assignment) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ids.count * 24)
        for (index, id) in ids.enumerated() {
            let digit = UInt8(ascii: result.heldOut[index] ? "1" : "0")
            switch format {
            case .csv:
                bytes.append(contentsOf: style.field(id).utf8)
                bytes.append(UInt8(ascii: ","))
                bytes.append(contentsOf: arms[Int(result.arms[index])])
                bytes.append(UInt8(ascii: ","))
                bytes.append(digit)
                for (_, field) in exploration(index, result) { bytes.append(contentsOf: ",\(field)".utf8) }
            case .jsonl:
                bytes.append(contentsOf: "{\"unit\":\(Self.json(id)),\"arm\":".utf8)
                bytes.append(contentsOf: arms[Int(result.arms[index])])
                bytes.append(contentsOf: ",\"holdout\":".utf8)
                bytes.append(digit)
                for (name, field) in exploration(index, result) {
                    bytes.append(contentsOf: ",\(Self.json(name)):\(field)".utf8)
                }
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return Data(bytes)
    }

    /// The further fields of a unit under a policy that explores.
    private func exploration(_ unit: Int, _ result: PolicyScorer.Assignment) -> [(name: String, field: String)] {
        guard let own = result.exploration else { return [] }
        var fields = [("explored", own.explored[unit] ? "1" : "0")]
        if let period { fields.append(("period", "\(period)")) }
        let all = own.propensities.map { "\($0[unit])" }
        fields.append(("propensity", all[Int(result.arms[unit])]))
        return fields + zip(propensities, all)
    }

    /// A JSON string (RFC 8259).
    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
