import Experiments
import Foundation
import Runtime

extension StudyDescription {
    /// What results depend on besides decisions and seeds: the spec, the data's bytes and rounds that stand beside them, in 16
    /// hexadecimal digits.
    package var inputsDigest: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let spec = (try? encoder.encode(spec)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let rounds = pooled.map { "rounds \($0.rounds) \($0.levels)" } ?? ""
        return String(StableHash.key(spec + dataDigest.sha256 + rounds), radix: 16)
    }
}

extension StudyDescription {
    /// A key that stands for the confirm units of an experiment whose units are not here.
    var confirmKey: UInt64 {
        StableHash.key("\(dataDigest.path) \(spec.splits.seed) \(spec.splits.confirm)")
    }
}

extension StudyFile {
    /// Whether the data's bytes still are those that were fitted, by SHA-256; nil where the file cannot be found.
    /// - Throws: `CancellationError`.
    package func dataHasSameContent(_ description: StudyDescription, cancellation: Cancellation) throws -> Bool? {
        if description.spec.engine != nil || description.spec.sample != nil { return dataIsUnchanged(description) }
        do {
            let now = try DataFile.digest(
                of: description.spec, inFolder: description.folder, cancellation: cancellation)
            return now.sha256 == description.dataDigest.sha256
        } catch is EspalierError {
            return nil
        }
    }
}
