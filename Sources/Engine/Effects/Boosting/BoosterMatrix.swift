import CXGBoost
import Runtime

/// The features of training units as XGBoost keeps them, for models of several labels: what it makes of the features, their
/// quantiles above all, is made once. Used by one thread from birth to death.
final class BoosterMatrix {
    let handle: DMatrixHandle?
    /// The units it holds.
    let count: Int
    /// What the quantiles were weighted by: labels that are weighted otherwise need a matrix of their own.
    private let weights: [Float]?

    /// Holds the features of a set, with its labels.
    init(_ set: TrainingSet) throws {
        var matrix: DMatrixHandle?
        count = set.labels.count
        try Booster.check(
            XGDMatrixCreateFromMat_omp(set.features, bst_ulong(count), bst_ulong(set.width), .nan, &matrix, 1))
        handle = matrix
        weights = set.weights
        try label(set.labels)
        if let weights { try Booster.check(XGDMatrixSetFloatInfo(handle, "weight", weights, bst_ulong(count))) }
        try setCategories(set)
    }

    deinit { if let handle { XGDMatrixFree(handle) } }

    /// Whether the features and the weights are those of a set.
    func serves(_ set: TrainingSet) -> Bool { set.labels.count == count && set.weights == weights }

    /// Gives the units other labels.
    func label(_ labels: [Float]) throws {
        try Booster.check(XGDMatrixSetFloatInfo(handle, "label", labels, bst_ulong(count)))
    }

    private func setCategories(_ set: TrainingSet) throws {
        guard set.categories.contains(true) else { return }
        try "c".withCString { category in
            try "q".withCString { quantity in
                var types: [UnsafePointer<CChar>?] = (0..<set.width).map {
                    set.categories.indices.contains($0) && set.categories[$0] ? category : quantity
                }
                try Booster.check(XGDMatrixSetStrFeatureInfo(handle, "feature_type", &types, bst_ulong(types.count)))
            }
        }
    }
}

/// One matrix for sets of the same features, made when the first of them comes. Used by one thread.
final class SharedMatrix {
    private var matrix: BoosterMatrix?

    /// The matrix with the labels of a set.
    func labelled(_ set: TrainingSet) throws -> BoosterMatrix {
        if let matrix, matrix.serves(set) {
            try matrix.label(set.labels)
            return matrix
        }
        let own = try BoosterMatrix(set)
        matrix = own
        return own
    }
}
