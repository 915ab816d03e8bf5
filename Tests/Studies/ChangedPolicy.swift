import Foundation
import Policies
import Runtime
import Testing

/// A policy file in which somebody changed something.
enum ChangedPolicy {
    /// Expects that it is refused in a sentence with these words, by its reader or by its self-test.
    static func isRefused(
        _ json: String, _ old: String, _ new: String, _ words: String, _ context: RunContext
    ) throws {
        let changed = json.replacing(old, with: new, maxReplacements: 1)
        try #require(changed != json, "the file has no \(old)")
        let error = #expect(throws: EspalierError.self) {
            try PolicyDocument(json: Data(changed.utf8), file: "policy.json")
                .checkSelfTest(file: "policy.json", context: context)
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
