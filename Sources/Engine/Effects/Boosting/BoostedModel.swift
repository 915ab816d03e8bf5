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
        guard width > 0, !trees.isEmpty else { return [Float](repeating: base, count: rows) }
        return [Float](unsafeUninitializedCapacity: rows) { result, count in
            TreeScoring(trees, width: width).score(features, into: result, rows: rows, base: base)
            count = rows
        }
    }
}
