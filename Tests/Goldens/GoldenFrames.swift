import Frames

/// Frames that are checked together: all that differ are told, not the first alone.
///
/// Begin with an empty one, check frame after frame, and `finish`.
package struct GoldenFrames {
    private let file: String
    private var mismatches: [GoldenText.Mismatch] = []

    /// - Parameter file: the test's source; its golden files lie in `Goldens` beside it.
    package init(file: String = #filePath) { self.file = file }

    /// Compares a frame with `NAME.txt` and `NAME.roles.txt`.
    package mutating func check(_ frame: Frame, _ name: String) throws {
        try note { [file] in try GoldenText.check(frame, name, file: file) }
    }

    /// The same for a terminal without colours.
    package mutating func check(_ frame: Frame, mono theme: Theme, _ name: String) throws {
        try note { [file] in try GoldenText.check(frame, mono: theme, name, file: file) }
    }

    private mutating func note(_ check: () throws -> Void) throws {
        do {
            try check()
        } catch let mismatch as GoldenText.Mismatch {
            mismatches.append(mismatch)
        }
    }

    /// Throws what differed, all of it.
    package func finish() throws {
        guard !mismatches.isEmpty else { return }
        let count = mismatches.count
        throw GoldenText.Mismatch(
            description: "\(count) frame\(count == 1 ? " differs" : "s differ"):\n"
                + mismatches.map(\.description).joined(separator: "\n"))
    }
}
