import Foundation
import Online
import Warehouses

/// Units with their policies and arms as lines of CSV (`unit,policy,arm,propensity`) or of JSON.
struct PlanLines {
    private let format: Assign.Lines
    private let style = OutputStyle.current
    private let plan: OnlinePlan

    init(_ plan: OnlinePlan, format: Assign.Lines) {
        self.plan = plan
        self.format = format
    }

    /// The columns of the lines, in their order.
    static let columns = [
        ParquetWriter.Column("unit", .text), .init("policy", .text), .init("arm", .text), .init("propensity", .double),
    ]

    var header: Data { format == .csv ? Data("unit,policy,arm,propensity\n".utf8) : Data() }

    func lines(of ids: [String], _ result: PlanScorer.Assignment) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = Data(capacity: ids.count * 40)
        for (index, id) in ids.enumerated() {
            let policy = result.policies[index].map { plan.policies[$0].id } ?? OnlinePlan.randomID
            let arm = plan.arms[Int(result.arms[index])]
            let propensity = result.propensities[index]
            switch format {
            case .csv:
                data += Data("\(style.field(id)),\(style.field(policy)),\(style.field(arm)),\(propensity)\n".utf8)
            case .jsonl:
                data += try encoder.encode(Line(unit: id, policy: policy, arm: arm, propensity: propensity))
                data.append(UInt8(ascii: "\n"))
            }
        }
        return data
    }

    private struct Line: Encodable {
        let unit: String
        let policy: String
        let arm: String
        let propensity: Double
    }
}
