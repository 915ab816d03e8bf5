import Runtime

extension DataDigest {
    /// One digest of all that a spec's experiment is read from: its data, and then the histories of its surrogates.
    init(of spec: ExperimentSpec, file digest: (String) throws -> DataDigest) rethrows {
        let data = DataDigest(joining: try spec.dataFiles.map(digest))
        self.init(joining: [data] + (try spec.histories.map(digest)))
    }

    /// One digest of several files: their sizes added, the latest time, and a hash of their hashes; a single file's own.
    init(joining digests: [DataDigest]) {
        guard digests.count > 1, let first = digests.first else {
            self = digests.first ?? DataDigest(path: "", bytes: 0, modified: 0, sha256: "")
            return
        }
        let hash = SHA256()
        var text = digests.map(\.sha256).joined(separator: "\n")
        text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
        self.init(
            path: first.path, bytes: digests.reduce(0) { $0 + $1.bytes },
            modified: digests.map(\.modified).max() ?? 0,
            sha256: digests.contains { $0.sha256.isEmpty } ? "" : hash.finish())
    }
}
