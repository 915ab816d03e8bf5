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

    /// The knobs of a document in a study's space: those that the analyst turned where they still make its weights and biases,
    /// else the weights and biases themselves, for another fit has other average effects.
    /// - Throws: `EspalierError` (.data) where arms or outcomes differ, or no knobs make its policy.
    static func knobs(_ document: PolicyDocument, in space: PolicySpace, file: String) throws -> PolicyKnobs {
        let policy = try policy(document, in: space, file: file).policy
        let names = space.outcomes.map(\.name)
        let turned = PolicyKnobs(
            weights: names.map { document.knobs.weights[$0] ?? 0 },
            biases: space.arms.map { document.knobs.biases[$0] ?? 0 },
            shrinkage: names.map { document.knobs.shrinkage[$0] ?? 0 })
        if LinearPolicy(turned, in: space) == policy { return turned }
        let plain = PolicyKnobs(
            weights: policy.weights, biases: policy.biases, shrinkage: names.map { _ in 0 })
        guard policy.weights[0] == 1 else {
            throw EspalierError(
                .data, "no knobs of this study make the file's policy, which gives \(names[0]) no weight", file: file,
                remedy: "evaluate it with `espalier evaluate --policy`, or add it to the study it was exported from")
        }
        return plain
    }
}
