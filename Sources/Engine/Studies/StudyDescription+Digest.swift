import Experiments
import Foundation
import Runtime

extension StudyDescription {
    /// A short hash of the spec, for provenance.
    package func specDigest() throws -> String { try spec.digest() }
}

extension ExperimentSpec {
    /// A short hash, for provenance.
    func digest() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(StableHash.key(String(decoding: try encoder.encode(self), as: UTF8.self)), radix: 16)
    }
}
