import CXGBoost
import Runtime

/// One XGBoost handle, used by one thread from birth to death; always a single thread inside (DESIGN section 2).
final class Booster {
    private var booster: BoosterHandle?
    private var matrix: DMatrixHandle?
    private var heldMatrix: DMatrixHandle?
    private let heldCount: Int

    /// - Parameter held: units whose predictions `heldPredictions` gives round by round.
    init(_ set: TrainingSet, held: TrainingSet? = nil, mean: Float, settings: BoostingSettings) throws {
        heldCount = held?.labels.count ?? 0
        matrix = try Self.makeMatrix(set)
        if let held { heldMatrix = try Self.makeMatrix(held) }
        // What is named here keeps its predictions from round to round.
        let matrices = held == nil ? [matrix] : [matrix, heldMatrix]
        try Self.check(XGBoosterCreate(matrices, bst_ulong(matrices.count), &booster))
        let parameters = [
            ("nthread", "1"), ("seed", "0"), ("verbosity", "0"), ("objective", "reg:squarederror"),
            ("tree_method", "hist"), ("max_depth", "\(settings.depth)"), ("eta", "\(settings.learningRate)"),
            ("lambda", "\(settings.lambda)"), ("min_child_weight", "\(settings.minimumChildWeight)"),
            ("subsample", "\(settings.subsample)"), ("colsample_bynode", "\(settings.columnSample)"),
            ("num_parallel_tree", "\(settings.parallelTrees)"), ("base_score", "\(mean)"),
        ]
        for (name, value) in parameters { try Self.check(XGBoosterSetParam(booster, name, value)) }
    }

    private static func makeMatrix(_ set: TrainingSet) throws -> DMatrixHandle? {
        var matrix: DMatrixHandle?
        let count = bst_ulong(set.labels.count)
        try check(XGDMatrixCreateFromMat_omp(set.features, count, bst_ulong(set.width), .nan, &matrix, 1))
        try check(XGDMatrixSetFloatInfo(matrix, "label", set.labels, count))
        if let weights = set.weights { try check(XGDMatrixSetFloatInfo(matrix, "weight", weights, count)) }
        try setCategories(set, of: matrix)
        return matrix
    }

    private static func setCategories(_ set: TrainingSet, of matrix: DMatrixHandle?) throws {
        guard set.categories.contains(true) else { return }
        try "c".withCString { category in
            try "q".withCString { quantity in
                var types: [UnsafePointer<CChar>?] = (0..<set.width).map {
                    set.categories.indices.contains($0) && set.categories[$0] ? category : quantity
                }
                try check(XGDMatrixSetStrFeatureInfo(matrix, "feature_type", &types, bst_ulong(types.count)))
            }
        }
    }

    deinit {
        if let booster { XGBoosterFree(booster) }
        if let matrix { XGDMatrixFree(matrix) }
        if let heldMatrix { XGDMatrixFree(heldMatrix) }
    }

    func grow(round: Int) throws {
        try Self.check(XGBoosterUpdateOneIter(booster, Int32(round), matrix))
    }

    /// What the rounds so far predict for the held-out units.
    /// - Complexity: O(held-out units) a round: the library keeps the sum of the earlier ones.
    func heldPredictions() throws -> [Float] {
        let configuration =
            "{\"type\":0,\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,\"strict_shape\":false}"
        var shape: UnsafePointer<bst_ulong>?
        var dimension: bst_ulong = 0
        var result: UnsafePointer<Float>?
        try Self.check(
            XGBoosterPredictFromDMatrix(booster, heldMatrix, configuration, &shape, &dimension, &result))
        return Array(UnsafeBufferPointer(start: result, count: heldCount))
    }

    /// The trees grown so far. Binary, because half of a small model's training went into numbers written and read as texts.
    func model() throws -> BoostedModel {
        var length: bst_ulong = 0
        var bytes: UnsafePointer<CChar>?
        try Self.check(XGBoosterSaveModelToBuffer(booster, "{\"format\": \"ubj\"}", &length, &bytes))
        return try XGBoostDocument.model(
            from: UBJSON(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(length))))
    }

    func predict(features: [Float], width: Int) throws -> [Float] {
        let rows = features.count / width
        guard rows > 0 else { return [] }
        return try features.withUnsafeBufferPointer { buffer in
            let address = UInt(bitPattern: buffer.baseAddress)
            let array =
                "{\"data\":[\(address),true],\"shape\":[\(rows),\(width)],\"typestr\":\"<f4\",\"version\":3}"
            let configuration =
                "{\"type\":0,\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,"
                + "\"strict_shape\":false,\"missing\":NaN,\"cache_id\":0}"
            var shape: UnsafePointer<bst_ulong>?
            var dimension: bst_ulong = 0
            var result: UnsafePointer<Float>?
            try Self.check(
                XGBoosterPredictFromDense(booster, array, configuration, nil, &shape, &dimension, &result))
            return Array(UnsafeBufferPointer(start: result, count: rows))
        }
    }

    private static func check(_ code: Int32) throws {
        guard code != 0 else { return }
        let message = String(cString: XGBGetLastError()).split(separator: "\n").first.map(String.init) ?? "unknown"
        throw EspalierError(.internal, "XGBoost failed: \(message)")
    }
}
