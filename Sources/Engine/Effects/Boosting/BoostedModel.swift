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
                tree.withNodes { nodes, levels in
                    for row in 0..<rows {
                        var node = 0
                        while nodes[node].feature >= 0 {
                            let value = features[row * width + Int(nodes[node].feature)]
                            let left =
                                value.isNaN
                                ? nodes[node].missingLeft
                                : nodes[node].levels < 0
                                    ? value < nodes[node].threshold
                                    : !levels[Int(nodes[node].levels)].contains(value)
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
