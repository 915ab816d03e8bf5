import Experiments
import Foundation
import Policies

/// Units and their arms as lines of CSV (`unit,arm,holdout`) or of JSON.
struct AssignmentLines {
    private let format: Assign.Lines
    private let style = OutputStyle.current
    /// Each arm as it stands in a line.
    private let arms: [[UInt8]]

    init(arms: [String], format: Assign.Lines) {
        self.format = format
        let style = style
        self.arms = arms.map { Array((format == .csv ? style.field($0) : Self.json($0)).utf8) }
    }

    var header: Data { format == .csv ? Data("unit,arm,holdout\n".utf8) : Data() }

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
            case .jsonl:
                bytes.append(contentsOf: "{\"unit\":\(Self.json(id)),\"arm\":".utf8)
                bytes.append(contentsOf: arms[Int(result.arms[index])])
                bytes.append(contentsOf: ",\"holdout\":".utf8)
                bytes.append(digit)
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return Data(bytes)
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
