import Foundation
import Policies
import Runtime

/// What somebody sees who looks at units outside tune. Seen again, with the same fit, it is the same look.
package struct LookSubject: Sendable, Equatable {
    /// Names it in the study and in the log.
    package let text: String

    package init(text: String) { self.text = text }

    /// What a policy does.
    /// - Parameter view: how it is looked at where it is not by its values alone.
    package init(_ policy: Policy, by view: String? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let digest = SHA256.hexadecimal(of: try encoder.encode(policy)).prefix(32)
        text = (view.map { $0 + " of " } ?? "") + "policy \(digest)"
    }
}
