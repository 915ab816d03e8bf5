import CXGBoost
import Foundation
import Statistics

/// One XGBoost handle, used by one thread from birth to death; always a single thread inside (DESIGN section 2).
final class Booster {
    private var booster: BoosterHandle?
    private var matrix: DMatrixHandle?

    init(features: [Float], width: Int, labels: [Float], mean: Float, settings: BoostingSettings) throws {
        try Self.check(
            XGDMatrixCreateFromMat_omp(features, bst_ulong(labels.count), bst_ulong(width), .nan, &matrix, 1))
        try Self.check(XGDMatrixSetFloatInfo(matrix, "label", labels, bst_ulong(labels.count)))
        try Self.check(XGBoosterCreate(&matrix, 1, &booster))
        let parameters = [
            ("nthread", "1"), ("seed", "0"), ("verbosity", "0"), ("objective", "reg:squarederror"),
            ("tree_method", "hist"), ("max_depth", "\(settings.depth)"), ("eta", "\(settings.learningRate)"),
            ("lambda", "\(settings.lambda)"), ("min_child_weight", "\(settings.minimumChildWeight)"),
            ("base_score", "\(mean)"),
        ]
        for (name, value) in parameters { try Self.check(XGBoosterSetParam(booster, name, value)) }
    }

    deinit {
        if let booster { XGBoosterFree(booster) }
        if let matrix { XGDMatrixFree(matrix) }
    }

    func grow(round: Int) throws {
        try Self.check(XGBoosterUpdateOneIter(booster, Int32(round), matrix))
    }

    func json() throws -> Data {
        var length: bst_ulong = 0
        var bytes: UnsafePointer<CChar>?
        try Self.check(XGBoosterSaveModelToBuffer(booster, "{\"format\": \"json\"}", &length, &bytes))
        guard let bytes else { throw EspalierError(.internal, "XGBoost returned an empty model") }
        return Data(bytes: bytes, count: Int(length))
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
