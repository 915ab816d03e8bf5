import Experiments
import Foundation

/// One covariate divided for a drill-down: a part for each level, or for each quarter of the tune units, and one for missing.
struct CovariateParts {
    /// In words, "past_ctr <= 0.12"; the part for missing values, where there are any, is the last.
    let labels: [String]
    /// The part of every unit.
    let partOf: [UInt32]

    /// - Complexity: O(units log units) for a numeric covariate.
    init(_ covariate: Covariate, tuneCount: Int) {
        let name = covariate.name
        var labels: [String]
        var partOf: [UInt32]
        switch covariate.encoding {
        case .categorical(let levels):
            labels = levels.map { "\(name) = \($0)" }
            partOf = covariate.values.map { $0.isNaN ? UInt32(levels.count) : UInt32($0) }
        case .numeric(let centre):
            let edges = Self.quartiles(covariate.values.prefix(tuneCount))
            let texts = edges.map { String(format: "%.4g", Double($0) + centre) }
            labels = (0...edges.count).map { part in
                if edges.isEmpty { return "\(name) is known" }
                if part == 0 { return "\(name) <= \(texts[0])" }
                return part == edges.count
                    ? "\(name) > \(texts[part - 1])" : "\(texts[part - 1]) < \(name) <= \(texts[part])"
            }
            partOf = covariate.values.map { value in
                value.isNaN ? UInt32(edges.count + 1) : UInt32(edges.filter { $0 < value }.count)
            }
        }
        if covariate.values.contains(where: \.isNaN) { labels.append("\(name) is missing") }
        self.labels = labels
        self.partOf = partOf
    }

    /// The different quartiles, without the largest value: nothing would lie above it.
    private static func quartiles(_ values: ArraySlice<Float>) -> [Float] {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard let last = sorted.last else { return [] }
        var edges: [Float] = []
        for share in [0.25, 0.5, 0.75] {
            let edge = sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
            if edge < last, edge != edges.last { edges.append(edge) }
        }
        return edges
    }
}
