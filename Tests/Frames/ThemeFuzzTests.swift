import Foundation
import Frames
import Mutations
import Testing

/// Broken themes are read or refused with a sentence; nothing traps.
@Suite struct ThemeFuzzTests {
    @Test func themes() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("themes")
        let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().first)
        let whole = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
        var mutations = ByteMutations(seed: 41)
        try NightlyMode.rounds(300, nightly: 60) { _ in
            do {
                _ = try Theme(yaml: String(decoding: mutations.mutated(whole), as: UTF8.self), file: "theme.yaml")
            } catch let error as ThemeError { #expect(!"\(error)".isEmpty) }
        }
    }
}
