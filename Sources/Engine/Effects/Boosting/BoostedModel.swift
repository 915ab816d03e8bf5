import Foundation
import Runtime

/// Gradient-boosted trees for one outcome in one arm: grown by libxgboost, kept and scored as plain arrays, so that a
/// policy file can be run by anybody and the arm a unit gets does not hang on a library's version.
package struct BoostedModel: Sendable, Equatable, Codable {
    /// Added to the sum of the trees' leaves; alone where there was too little to grow on.
    package let base: Float
    package let trees: [BoostedTree]

    package init(base: Float, trees: [BoostedTree]) {
        self.base = base
        self.trees = trees
    }

    /// base + the leaf of every tree, added in their order in Float32, for row-major features.
    /// - Complexity: O(rows x trees x depth).
    package func predict(features: [Float], width: Int, rows: Int) -> [Float] {
        var result = [Float](repeating: base, count: rows)
        guard width > 0 else { return result }
        features.withUnsafeBufferPointer { features in
            for tree in trees {
                tree.withNodes { nodes in
                    for row in 0..<rows {
                        var node = 0
                        while nodes[node].feature >= 0 {
                            let value = features[row * width + Int(nodes[node].feature)]
                            let left = value.isNaN ? nodes[node].missingLeft : value < nodes[node].threshold
                            node = Int(left ? nodes[node].left : nodes[node].right)
                        }
                        result[row] += nodes[node].threshold
                    }
                }
            }
        }
        return result
    }
}

/// One regression tree as parallel arrays, the root first.
package struct BoostedTree: Sendable, Equatable {
    struct Node: Sendable, Equatable {
        /// Column of the feature matrix; -1 in a leaf.
        let feature: Int32
        /// A value below it goes left; in a leaf the leaf's value.
        let threshold: Float
        let missingLeft: Bool
        let left: Int32
        let right: Int32
    }

    private let nodes: [Node]

    /// - Throws: `EspalierError` (.data) for arrays of unequal length or children that do not come later.
    init(features: [Int32], thresholds: [Float], missingLeft: [Bool], left: [Int32], right: [Int32]) throws {
        let count = features.count
        guard count > 0, [thresholds.count, missingLeft.count, left.count, right.count].allSatisfy({ $0 == count })
        else { throw EspalierError(.data, "a boosted tree's arrays differ in length") }
        for index in features.indices where features[index] >= 0 {
            guard left[index] > index, right[index] > index, left[index] < count, right[index] < count else {
                throw EspalierError(.data, "a boosted tree's children do not follow their parent")
            }
        }
        nodes = features.indices.map {
            Node(
                feature: features[$0], threshold: thresholds[$0], missingLeft: missingLeft[$0], left: left[$0],
                right: right[$0])
        }
    }

    /// The highest feature index in use, -1 if none.
    package var highestFeature: Int { Int(nodes.map(\.feature).max() ?? -1) }

    func withNodes<Result>(_ body: (UnsafeBufferPointer<Node>) throws -> Result) rethrows -> Result {
        try nodes.withUnsafeBufferPointer(body)
    }
}

extension BoostedTree: Codable {
    private enum CodingKeys: String, CodingKey {
        case feature, threshold, missingLeft, left, right
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            features: container.decode([Int32].self, forKey: .feature),
            thresholds: container.decode([Float].self, forKey: .threshold),
            missingLeft: container.decode([Int].self, forKey: .missingLeft).map { $0 != 0 },
            left: container.decode([Int32].self, forKey: .left), right: container.decode([Int32].self, forKey: .right))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nodes.map(\.feature), forKey: .feature)
        try container.encode(nodes.map(\.threshold), forKey: .threshold)
        try container.encode(nodes.map { $0.missingLeft ? 1 : 0 }, forKey: .missingLeft)
        try container.encode(nodes.map(\.left), forKey: .left)
        try container.encode(nodes.map(\.right), forKey: .right)
    }
}
