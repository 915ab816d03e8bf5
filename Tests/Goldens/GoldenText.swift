import Foundation
import Frames

/// Compares frames with files: `Goldens/NAME.txt` (characters) and `Goldens/NAME.roles.txt` beside the test's source.
///
/// With `ESPALIER_RECORD=1` in the environment the files are written instead, to be read by a person and committed.
package enum GoldenText {
    /// The first difference between a frame and its files.
    package struct Mismatch: Error, CustomStringConvertible {
        package let description: String
    }

    /// Throws a `Mismatch` unless both files equal the frame.
    package static func check(_ frame: Frame, _ name: String, file: String = #filePath) throws {
        try check([(frame.text, "txt"), (frame.roles, "roles.txt")], name, file)
    }

    /// The same for a terminal without colours: characters, and `Goldens/NAME.attributes.txt`.
    package static func check(_ frame: Frame, mono theme: Theme, _ name: String, file: String = #filePath) throws {
        try check([(frame.text, "txt"), (frame.attributes(under: theme), "attributes.txt")], name, file)
    }

    private static func check(_ parts: [(text: String, suffix: String)], _ name: String, _ file: String) throws {
        let directory = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Goldens")
        for (actual, suffix) in parts {
            let golden = directory.appendingPathComponent("\(name).\(suffix)")
            if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] == "1" {
                try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
                try Data(actual.utf8).write(to: golden, options: .atomic)
                continue
            }
            guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
                throw Mismatch(
                    description: "\(golden.lastPathComponent) is missing; record it with ESPALIER_RECORD=1 and read it")
            }
            if expected != actual { throw mismatch(golden.lastPathComponent, expected, actual) }
        }
    }

    private static func mismatch(_ file: String, _ expected: String, _ actual: String) -> Mismatch {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let row = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        return Mismatch(
            description: """
                \(file), row \(row + 1):
                expected \(row < old.count ? String(old[row]) : "nothing more")
                found    \(row < new.count ? String(new[row]) : "nothing more")
                the whole frame:
                \(actual)
                """)
    }
}
