import Allocation
import Foundation
import Testing

/// What an outside prototype (NumPy, SciPy, HiGHS 1.x) computed, stored beside these tests.
enum Golden {
    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)"))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: data(name))
    }

    /// The problem of `lp_NAME.csv`, its outcomes after the first limited from above.
    /// - Parameter errors: of the effects on each outcome (cohorts, arms).
    static func problem(
        _ name: String, thresholds: [Double], errors: (Int, Int) -> EffectErrors? = { _, _ in nil }
    ) throws -> AllocationProblem {
        let lines = String(decoding: try data("lp_\(name).csv"), as: UTF8.self).split(separator: "\n").dropFirst()
        let rows = lines.map { $0.split(separator: ",").compactMap { Double($0) } }
        let arms = Set(rows.map { $0[1] }).count
        let sizes = stride(from: 0, to: rows.count, by: arms).map { rows[$0][2] }
        return try AllocationProblem(
            armCount: arms, sizes: sizes,
            outcomes: (0...thresholds.count).map { outcome in
                OutcomeEffects(
                    name: "u\(outcome)", means: rows.map { $0[3 + outcome] }, errors: errors(sizes.count, arms))
            },
            limits: thresholds.enumerated().map {
                AllocationLimit(outcome: $0.offset + 1, sense: .atMost, threshold: $0.element)
            })
    }
}
