import CXGBoost
import Runtime

/// One XGBoost handle, used by one thread from birth to death; always a single thread inside (DESIGN section 2).
final class Booster {
    private var booster: BoosterHandle?
    private let matrix: BoosterMatrix
    private let held: BoosterMatrix?

    /// - Parameters:
    ///   - matrix: labelled with what is to be learned.
    ///   - held: units whose predictions `heldPredictions` gives round by round.
    init(_ matrix: BoosterMatrix, held: BoosterMatrix? = nil, mean: Float, settings: BoostingSettings) throws {
        self.matrix = matrix
        self.held = held
        // What is named here keeps its predictions from round to round.
        let matrices = held.map { [matrix.handle, $0.handle] } ?? [matrix.handle]
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

    deinit { if let booster { XGBoosterFree(booster) } }

    func grow(round: Int) throws {
        try Self.check(XGBoosterUpdateOneIter(booster, Int32(round), matrix.handle))
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
            XGBoosterPredictFromDMatrix(booster, held?.handle, configuration, &shape, &dimension, &result))
        return Array(UnsafeBufferPointer(start: result, count: held?.count ?? 0))
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

    static func check(_ code: Int32) throws {
        guard code != 0 else { return }
        let message = String(cString: XGBGetLastError()).split(separator: "\n").first.map(String.init) ?? "unknown"
        throw EspalierError(.internal, "XGBoost failed: \(message)")
    }
}
