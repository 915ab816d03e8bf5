import Experiments
import Foundation
import Policies
import Runtime

/// Policy files on disk, plain or gzipped.
enum PolicyFile {
    /// - Throws: `EspalierError`: cannot be opened, not JSON, something missing.
    static func read(_ path: String) throws -> PolicyDocument {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EspalierError(
                .noInput, "the policy cannot be opened", file: path, remedy: "check its name and rights")
        }
        let isGzip = bytes.starts(with: [0x1f, 0x8b])
        return try PolicyDocument(json: isGzip ? Gzip.inflate(bytes, file: path) : bytes, file: path)
    }

    static func write(_ document: PolicyDocument, to path: String?) throws {
        let json = try document.json()
        try Output.write(path?.hasSuffix(".gz") == true ? Data(Gzip.compress([UInt8](json))) : json, to: path)
    }

    /// The linear policy of a document in a study's space.
    /// - Returns: the policy, and the knobs' weights, which choose the best single arm.
    /// - Throws: `EspalierError` (.data) where arms or outcomes differ.
    static func policy(
        _ document: PolicyDocument, in space: PolicySpace, file: String
    ) throws -> (policy: LinearPolicy, weights: [Double]) {
        guard document.arms == space.arms, document.outcomes.map(\.name) == space.outcomes.map(\.name) else {
            throw EspalierError(
                .data, "the policy's arms or outcomes are not the study's", file: file,
                remedy: "evaluate it on a study of the same experiment")
        }
        return (
            LinearPolicy(
                weights: space.outcomes.map { document.weights[$0.name] ?? 0 },
                biases: space.arms.map { document.biases[$0] ?? 0 }),
            space.outcomes.map { document.knobs.weights[$0.name] ?? 0 }
        )
    }
}
