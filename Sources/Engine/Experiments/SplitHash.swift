/// By which hash of their ids units are split (`splits: {rule: md5}`).
package enum SplitHash: String, Sendable, Codable, CaseIterable {
    /// `StableHash`, with a draw of its own for each split.
    case hash
    /// MD5, which every warehouse has, so that data in memory and in a warehouse are split alike.
    case md5
}
