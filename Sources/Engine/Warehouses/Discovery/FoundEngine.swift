/// An engine whose command was found.
package struct FoundEngine: Sendable, Equatable {
    package let kind: EngineKind
    /// The command's path.
    package let path: String

    package init(kind: EngineKind, path: String) {
        self.kind = kind
        self.path = path
    }
}
