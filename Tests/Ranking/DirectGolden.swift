import Foundation
import Statistics

/// `Goldens/drm.json`: gradients of direct ranking and one cost curve, from a NumPy prototype; gradients there were checked by
/// central differences.
struct DirectGolden: Decodable {
    let rows: [[Double]]
    let w: [Int]
    let value: [Double]
    let cost: [Double]
    let cases: [Case]
    let curve: Curve

    private enum CodingKeys: String, CodingKey {
        case rows = "X"
        case w, value, cost, cases, curve
    }

    struct Case: Decodable {
        let hidden: Int
        let mode: String
        let eps: Double?
        let gate: Gate?
        let theta: [Double]
        let objective: Double
        let valueEffect: Double
        let costEffect: Double
        let gradient: [Double]

        private enum CodingKeys: String, CodingKey {
            case hidden, mode, eps, gate, theta, gradient
            case objective = "F"
            case valueEffect = "tau_value"
            case costEffect = "tau_cost"
        }
    }

    struct Gate: Decodable {
        let q: Double
        let temperature: Double
    }

    struct Curve: Decodable {
        let score: [Double]
        let w: [Int]
        let value: [Double]
        let cost: [Double]
        let valueCurve: [Double]
        let costCurve: [Double]
        let aucc: Double

        private enum CodingKeys: String, CodingKey {
            case score, w, value, cost, aucc
            case valueCurve = "value_curve"
            case costCurve = "cost_curve"
        }
    }

    static func read() throws -> DirectGolden {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Goldens/drm.json")
        return try JSONDecoder().decode(DirectGolden.self, from: Data(contentsOf: path))
    }

    var features: DenseMatrix {
        DenseMatrix(rowCount: rows.count, columnCount: rows[0].count) { rows[$0][$1] }
    }
}
